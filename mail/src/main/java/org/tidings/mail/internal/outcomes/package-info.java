/** What became of a mail. */
@NullMarked
package org.tidings.mail.internal.outcomes;

import org.jspecify.annotations.NullMarked;
