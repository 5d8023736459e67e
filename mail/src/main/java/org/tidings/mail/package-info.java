/**
 * Outgoing and returning mail.
 *
 * <p>Purpose: whatever is to be sent is written here in the caller's transaction, and leaves in the background; what
 * happened to it is on record for every recipient.
 *
 * <p>Owns: schema {@code mail} (letters, mailings, deliveries, suppressions, the local mailbox).
 *
 * <p>Publishes, in the transaction in which it happens: {@link org.tidings.mail.AddressComplained}.
 *
 * <p>Hears: {@link org.tidings.site.DatabaseMigrated}, {@link org.tidings.site.DatabaseReady}, {@link
 * org.tidings.site.SiteHasEnded}.
 *
 * <p>May use: {@code site}; the modules above answer its questions through {@link org.tidings.mail.Audience} and {@link
 * org.tidings.mail.Standing}.
 */
@NullMarked
package org.tidings.mail;

import org.jspecify.annotations.NullMarked;
