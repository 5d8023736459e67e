/**
 * What comes back and what follows: a listener, a mailbox that is fetched from, providers' webhooks. Whatever way a mail comes,
 * it is stored first, in a transaction of its own; then it is handled, each in one transaction, by whichever node is first.
 *
 * <p><b>Comes in:</b> reports, complaints, people's answers; everything written by strangers.
 *
 * <p><b>Goes out:</b> suppressions, facts for other modules ({@link org.tidings.mail.AddressComplained}), lines for staff.
 *
 * <p><b>Never:</b> acts on what anybody could have written: only a token of ours or a genuine signature makes a report count;
 * answers a mail.
 *
 * <p><b>Says when it fails:</b> what cannot be handled five times is put aside for people; a mailbox that cannot be read is
 * said once, and on staff's page.
 *
 * <p><b>Limits:</b> 1,000 mails and 20 MB an hour without a token of ours; the mail itself is kept for 90 days.
 */
@NullMarked
package org.tidings.mail.internal.returned;

import org.jspecify.annotations.NullMarked;
