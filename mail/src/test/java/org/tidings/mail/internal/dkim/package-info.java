@NullMarked
package org.tidings.mail.internal.dkim;

import org.jspecify.annotations.NullMarked;
