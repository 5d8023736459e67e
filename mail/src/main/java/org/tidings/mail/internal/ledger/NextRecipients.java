package org.tidings.mail.internal.ledger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.standing.People;
import org.tidings.site.Sql;

/** The people of an audience behind its mailing's cursor. Joins the caller's transaction, which has the cursor locked. */
final class NextRecipients {

    private static final String LATER =
            "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at)"
                    + " values (?, ?, ?, 0, false, ?, ?)";

    private final NodeLedger.Parts parts;
    private final Sql sql;
    private final People people;
    private final Claims claims;
    private final ReadingStanding standing;
    private final SkippedRows skipped;

    NextRecipients(NodeLedger.Parts parts, Claims claims, ReadingStanding standing, SkippedRows skipped) {
        this.parts = parts;
        this.claims = claims;
        this.sql = parts.sql();
        this.people = parts.people();
        this.standing = standing;
        this.skipped = skipped;
    }

    /**
     * Some of them.
     *
     * @param open without those who are on record already: a cursor that was put back, with a database that lacks its last
     *     transactions, passes people for whom a node had something to record all the same
     * @param last where the cursor goes
     */
    record Page(List<Addressee> open, @Nullable UUID last, boolean exhausted) {}

    Page after(RunningMailing mailing, Cursor cursor, int size) {
        UUID after = cursor.claimedTo();
        List<Addressee> next = people.audience(mailing.audience()).after(mailing.query(), after, size);
        if (next.isEmpty()) {
            return new Page(next, after, true);
        }
        UUID last = next.get(next.size() - 1).recipient();
        Set<UUID> known = OnRecord.between(sql, mailing.number(), after, last);
        List<Addressee> open = known.isEmpty()
                ? next
                : next.stream().filter(a -> !known.contains(a.recipient())).toList();
        return new Page(open, last, next.size() < size);
    }

    /** Moves the cursor behind them. */
    void move(RunningMailing mailing, Page page) {
        sql.update(
                "update mail.mailings set claimed_to = ?, exhausted = ? where number = ?",
                page.last(),
                page.exhausted(),
                mailing.number());
    }

    /** @param claim empty when nobody of them may be written to now */
    record Reserved(Optional<MailingClaim> claim, Cursor.Reached reached) {}

    /** Reserves them; who must not be written to is skipped, for whom it is night waits. */
    Reserved reserve(RunningMailing mailing, Cursor cursor, int size) {
        long readAt = parts.machine().nanos();
        Page page = after(mailing, cursor, size);
        MailingClaim claim = new MailingClaim(parts.machine().newId(), claims.node(), mailing, false, parts.now());
        Sorted sorted = new Sorted(claim, parts, skipped);
        ReadingStanding.Decision decision = standing.onAll(page.open());
        page.open().forEach(addressee -> sorted.add(Candidate.first(addressee), decision, readAt));
        skipped.write(sorted.skipped());
        sql.batch(LATER, sorted.later(), who ->
                new @Nullable Object[] {mailing.number(), who.recipient(), Codes.WAITING, who.opens(), parts.now()});
        move(mailing, page);
        Cursor.Reached reached = new Cursor.Reached(page.last(), page.exhausted());
        if (sorted.works().isEmpty()) {
            return new Reserved(Optional.empty(), reached);
        }
        claim.holds(sorted.works());
        insert(claim, cursor.claimedTo(), page.last());
        return new Reserved(Optional.of(claim), reached);
    }

    private void insert(MailingClaim claim, @Nullable UUID after, @Nullable UUID last) {
        sql.update(
                "insert into mail.claims (id, mailing, node, after_recipient, to_recipient, is_retry, claimed_at)"
                        + " values (?, ?, ?, ?, ?, false, ?)",
                claim.id(),
                claim.mailing().number(),
                claim.node(),
                after,
                last,
                claim.at());
    }
}
