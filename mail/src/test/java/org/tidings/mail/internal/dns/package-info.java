@NullMarked
package org.tidings.mail.internal.dns;

import org.jspecify.annotations.NullMarked;
