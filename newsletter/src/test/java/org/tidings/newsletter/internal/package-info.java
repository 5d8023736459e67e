@NullMarked
package org.tidings.newsletter.internal;

import org.jspecify.annotations.NullMarked;
