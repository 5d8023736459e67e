package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MailingState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.site.Sql;

/** Reserves people of mailings for this node, in one transaction with their standing (docs/who-may-be-written-to.md). For one thread. */
public final class ReservingMailings {

    private final NodeLedger.Parts parts;
    private final Sql sql;
    private final Claims claims;
    private final NextRecipients next;
    private final DueRetries retries;
    private final EndingMailings ending;
    /** How far this node itself has moved the cursors of mailings. */
    private final Map<Integer, Cursor.Reached> reached = new ConcurrentHashMap<>();

    ReservingMailings(NodeLedger.Parts parts, Claims claims, ReadingStanding standing) {
        this.parts = parts;
        this.sql = parts.sql();
        this.claims = claims;
        SkippedRows skipped = new SkippedRows(parts);
        this.next = new NextRecipients(parts, claims, standing, skipped);
        this.retries = new DueRetries(parts, claims, standing, skipped);
        this.ending = new EndingMailings(parts, next, retries, skipped);
    }

    /**
     * What {@link #claim} brought.
     *
     * @param changed the mailing is not what it was when it was loaded
     * @param moved where the cursor is now, if it was moved
     */
    public record Claimed(Optional<MailingClaim> claim, boolean more, boolean changed, Cursor.@Nullable Reached moved) {
        static final Claimed NOTHING = nobody(false);
        static final Claimed OF_ANOTHER_TIME = new Claimed(Optional.empty(), true, true, null);

        private static Claimed nobody(boolean more) {
            return new Claimed(Optional.empty(), more, false, null);
        }
    }

    /** Of other mailings nothing need be remembered. */
    public void retain(Set<Integer> active) {
        reached.keySet().retainAll(active);
        ending.retain(active);
    }

    /** The database is another than before. */
    void forgetCursors() {
        reached.clear();
        ending.forget();
    }

    /**
     * Reserves what is due of a mailing: tries again first, then new recipients. For a cancelled or expired mailing writes
     * down a portion of those who will not get it.
     *
     * @return the work, or empty when nothing is due; the flag says whether asking again at once may bring more
     */
    public Claimed claim(RunningMailing mailing, int size) {
        if (claims.lostSomeOf(mailing)) {
            return Claimed.NOTHING;
        }
        Claimed claimed = parts.transactions().call(() -> reserve(mailing, size));
        claimed.claim().ifPresent(claims::hold);
        Cursor.Reached moved = claimed.moved();
        if (moved != null) {
            reached.put(mailing.number(), moved);
        }
        ending.walkOn(mailing.number());
        return claimed;
    }

    private Claimed reserve(RunningMailing mailing, int size) {
        claims.assertStillOurs();
        Optional<Cursor> locked = Cursor.lock(sql, mailing.number());
        if (locked.isEmpty()) {
            reached.remove(mailing.number());
            return Claimed.NOTHING;
        }
        Cursor cursor = locked.get();
        Cursor.Reached before = reached.get(mailing.number());
        if (before != null && before.isBeyond(cursor)) {
            throw new Claims.TransactionsLost("the cursor of mailing " + mailing.number());
        }
        if (!cursor.expiresAt().isEqual(mailing.expiresAt())) {
            return Claimed.OF_ANOTHER_TIME;
        }
        if (cursor.state() == MailingState.CANCELLED) {
            return Claimed.nobody(ending.mopUp(mailing, cursor, SkipReason.CANCELLED));
        }
        if (!parts.now().isBefore(mailing.expiresAt())) {
            return Claimed.nobody(ending.mopUp(mailing, cursor, SkipReason.EXPIRED));
        }
        boolean goesOn =
                cursor.state() == MailingState.RUNNING && !parts.now().isBefore(mailing.notBefore()) && !allStopped();
        return goesOn ? reserve(mailing, cursor, size) : Claimed.NOTHING;
    }

    private Claimed reserve(RunningMailing mailing, Cursor cursor, int size) {
        Optional<MailingClaim> again = retries.reserve(mailing, size);
        if (again.isPresent()) {
            return new Claimed(again, true, false, null);
        }
        if (cursor.exhausted()) {
            return Claimed.nobody(ending.finishesLater(mailing));
        }
        if (!opensSomewhere(mailing)) {
            return Claimed.NOTHING;
        }
        NextRecipients.Reserved first = next.reserve(mailing, cursor, size);
        return new Claimed(first.claim(), true, false, first.reached());
    }

    private boolean allStopped() {
        return sql.number("select count(*) from mail.switches where name = 'all-stopped' and thrown") > 0;
    }

    /** Where nobody is known to live it need not be looked at. */
    private boolean opensSomewhere(RunningMailing mailing) {
        OffsetDateTime now = parts.now();
        return !mailing.opens(now, parts.zone()).isAfter(now)
                || parts.people().audience(mailing.audience()).zones().stream()
                        .anyMatch(there -> !mailing.opens(now, there).isAfter(now));
    }
}
