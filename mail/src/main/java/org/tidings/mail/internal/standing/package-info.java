/**
 * Who may be written to, and who is not to be: the one decision (docs/who-may-be-written-to.md), the people that other modules answer for,
 * suppressions and their copy outside the database.
 *
 * <p><b>Comes in:</b> a kind of mail, a person's state, what is suppressed; complaints and dead addresses.
 *
 * <p><b>Goes out:</b> nothing, or the reason why not ({@link org.tidings.mail.SkipReason}); suppressions as keyed hashes, with
 * a line in {@code suppressions.txt} within seconds.
 *
 * <p><b>Never:</b> keeps an address in clear; lets a suppression go because a backup was put back.
 *
 * <p><b>Says when it fails:</b> the database's failure goes to the caller, whose transaction ends: nobody is written to on a
 * guess.
 *
 * <p><b>Limits:</b> none.
 */
@NullMarked
package org.tidings.mail.internal.standing;

import org.jspecify.annotations.NullMarked;
