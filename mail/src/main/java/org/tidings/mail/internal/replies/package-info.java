/** What the words of mail servers and of returned mails mean: for the address, for us, for the next try. */
@NullMarked
package org.tidings.mail.internal.replies;

import org.jspecify.annotations.NullMarked;
