/** Who may be written to, and who is not to be. */
@NullMarked
package org.tidings.mail.internal.standing;

import org.jspecify.annotations.NullMarked;
