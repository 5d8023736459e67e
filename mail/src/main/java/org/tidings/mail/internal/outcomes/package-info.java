/**
 * What became of a mail: a reply in its kind, the outcome that it means for a reserved mail, and the numbers by which the
 * ledger knows both.
 *
 * <p><b>Comes in:</b> a server's reply, or words of our own; the work that it is about.
 *
 * <p><b>Goes out:</b> handed over, failed, skipped, deferred, doubtful or put back, and when next.
 *
 * <p><b>Never:</b> writes anything down; forgets that a try was doubtful.
 *
 * <p><b>Says when it fails:</b> never: it is arithmetic.
 *
 * <p><b>Limits:</b> replies of 300 characters, the recipient's address blotted out.
 */
@NullMarked
package org.tidings.mail.internal.outcomes;

import org.jspecify.annotations.NullMarked;
