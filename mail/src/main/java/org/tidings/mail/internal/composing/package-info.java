/** What is said: a mail's bytes. */
@NullMarked
package org.tidings.mail.internal.composing;

import org.jspecify.annotations.NullMarked;
