@NullMarked
package org.tidings.newsletter.internal.webhooks;

import org.jspecify.annotations.NullMarked;
