/** Internals of the mail module. */
@NullMarked
package org.tidings.mail.internal;

import org.jspecify.annotations.NullMarked;
