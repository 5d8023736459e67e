/** Hands mails over to a server, or keeps them in the local mailbox. */
@NullMarked
package org.tidings.mail.internal.smtp;

import org.jspecify.annotations.NullMarked;
