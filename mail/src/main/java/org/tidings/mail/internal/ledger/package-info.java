/**
 * Who gets what, who got it and how it went: mailings, letters and deliveries as rows, from posting to the last figure.
 *
 * <p><b>Comes in:</b> in the caller's transaction: letters, mailings. In its own: claims of this node, outcomes, many together.
 *
 * <p><b>Goes out:</b> reserved work, each person's standing read in the same transaction; who got what; figures.
 *
 * <p><b>Never:</b> talks to a server; has a recipient without an outcome when a mailing is over ({@code Books}); changes or
 * drops a delivery once it is written, but when its time is over.
 *
 * <p><b>Says when it fails:</b> {@code Claims.TakenOver} and {@code Claims.TransactionsLost}: the node begins anew; the
 * database's failure, and all of that transaction comes again.
 *
 * <p><b>Limits:</b> claims of 500 unless told otherwise, mopping up 2,000 at once, pages of 10,000.
 */
@NullMarked
package org.tidings.mail.internal.ledger;

import org.jspecify.annotations.NullMarked;
