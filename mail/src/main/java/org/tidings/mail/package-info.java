/**
 * Outgoing and returning mail.
 *
 * <p>Purpose: whatever is to be sent is written here in the caller's transaction, and leaves in the background; what
 * happened to it is on record for every recipient.
 *
 * <p>Owns: schema {@code mail} (letters, mailings, deliveries, suppressions, the local mailbox). Publishes: {@link
 * org.tidings.site.DatabaseReady} is heard, nothing is published yet. May use: no other module; the modules above answer
 * its questions through {@link org.tidings.mail.Audience} and {@link org.tidings.mail.Standing}.
 */
@NullMarked
package org.tidings.mail;

import org.jspecify.annotations.NullMarked;
