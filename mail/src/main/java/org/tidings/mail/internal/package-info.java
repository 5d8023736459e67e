/** Internals of the mail module, a room a stage. */
@NullMarked
package org.tidings.mail.internal;

import org.jspecify.annotations.NullMarked;
