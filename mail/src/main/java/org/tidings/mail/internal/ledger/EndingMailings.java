package org.tidings.mail.internal.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.site.Sql;

/** Brings mailings to their end: writes down who will not get a cancelled or expired one, and finishes what nobody waits for any more. */
final class EndingMailings {

    private static final int MOPPED_UP_AT_ONCE = 2_000;

    private final NodeLedger.Parts parts;
    private final Sql sql;
    private final NextRecipients next;
    private final DueRetries retries;
    private final SkippedRows skipped;
    private final Books books;
    /** Mailings that are about to finish; of the one thread that reserves. */
    private final Map<Integer, Books.Walk> walks = new HashMap<>();

    EndingMailings(NodeLedger.Parts parts, NextRecipients next, DueRetries retries, SkippedRows skipped) {
        this.parts = parts;
        this.sql = parts.sql();
        this.next = next;
        this.retries = retries;
        this.skipped = skipped;
        this.books = new Books(sql, parts.people(), parts.clock());
    }

    void retain(Set<Integer> active) {
        walks.keySet().retainAll(active);
    }

    void forget() {
        walks.clear();
    }

    /** Writes down a portion of those who will not get an ended mailing. Returns whether there may be more. */
    boolean mopUp(RunningMailing mailing, Cursor cursor, SkipReason why) {
        int number = mailing.number();
        List<Candidate> waiting = retries.waiting(number, MOPPED_UP_AT_ONCE);
        if (!waiting.isEmpty()) {
            skipped.write(
                    waiting.stream().map(who -> skipped.row(number, who, why)).toList());
            retries.delete(number, waiting.stream().map(Candidate::recipient).toList());
            return true;
        }
        if (cursor.exhausted()) {
            return finishesLater(mailing);
        }
        NextRecipients.Page page = next.after(mailing, cursor, MOPPED_UP_AT_ONCE);
        skipped.write(page.open().stream()
                .map(addressee -> skipped.row(number, Candidate.first(addressee), why))
                .toList());
        next.move(mailing, page);
        return true;
    }

    /**
     * Finishes it when everybody has an outcome.
     *
     * @return whether asking again at once may bring it on: its books are being looked at, or somebody was missing in them
     */
    boolean finishesLater(RunningMailing running) {
        int mailing = running.number();
        long open = sql.number(
                "select (select count(*) from mail.retries where mailing = ?) + (select count(*) from mail.claims where mailing = ?)",
                mailing,
                mailing);
        if (open > 0) {
            walks.remove(mailing);
            return false;
        }
        Books.Walk walk = walks.computeIfAbsent(mailing, n -> books.walk(running));
        if (!walk.isOver()) {
            return true;
        }
        walks.remove(mailing);
        if (!books.balance(walk)) {
            return true;
        }
        finish(mailing);
        return false;
    }

    private void finish(int mailing) {
        sql.update(
                "update mail.mailings set active = false, finished_at = coalesce(finished_at, ?),"
                        + " state = case when state = 'CANCELLED' then state else 'FINISHED' end"
                        + " where number = ? and not exists (select 1 from mail.retries r where r.mailing = ?)"
                        + " and not exists (select 1 from mail.claims c where c.mailing = ?)",
                parts.now(),
                mailing,
                mailing,
                mailing);
    }

    /** Looks at one more page of its books, in a transaction of its own. */
    void walkOn(int mailing) {
        Books.Walk walk = walks.get(mailing);
        if (walk != null && !walk.isOver()) {
            parts.transactions().run(walk::step);
        }
    }
}
