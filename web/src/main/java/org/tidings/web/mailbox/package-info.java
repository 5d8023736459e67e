/** The local mailbox: every mail as sent, while no mail server is configured. */
@NullMarked
package org.tidings.web.mailbox;

import org.jspecify.annotations.NullMarked;
