package org.tidings.mail.internal.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.site.Sql;

/** People of a mailing who wait for another try. Joins the caller's transaction, which has the cursor locked. */
final class DueRetries {

    private final NodeLedger.Parts parts;
    private final Sql sql;
    private final RetryRows rows;
    private final Claims claims;
    private final ReadingStanding standing;
    private final SkippedRows skipped;

    DueRetries(NodeLedger.Parts parts, Claims claims, ReadingStanding standing, SkippedRows skipped) {
        this.parts = parts;
        this.claims = claims;
        this.sql = parts.sql();
        this.rows = new RetryRows(sql);
        this.standing = standing;
        this.skipped = skipped;
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                Sql.id(row, "recipient"),
                null,
                row.getInt("attempts"),
                row.getBoolean("ever_doubtful"),
                Sql.timeOrNone(row, "dated").orElse(null));
    }

    /** Those who are nobody's now, due or not. */
    List<Candidate> waiting(int mailing, int limit) {
        return sql.list(
                "select recipient, attempts, ever_doubtful, dated from mail.retries where mailing = ? and claim is null limit ?",
                DueRetries::candidate,
                mailing,
                limit);
    }

    void delete(int mailing, List<UUID> recipients) {
        rows.delete(mailing, recipients);
    }

    /** Reserves those who are due; who must not be written to is skipped, for whom it is night waits. */
    Optional<MailingClaim> reserve(RunningMailing mailing, int size) {
        int number = mailing.number();
        List<Candidate> due = sql.list(
                "select recipient, attempts, ever_doubtful, dated from mail.retries"
                        + " where mailing = ? and claim is null and next_try <= ? order by next_try limit ?",
                DueRetries::candidate,
                number,
                parts.now(),
                size);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Sorted sorted = sorted(mailing, due);
        skipped.write(sorted.skipped());
        sql.batch("update mail.retries set next_try = ? where mailing = ? and recipient = ?", sorted.later(), who ->
                new @Nullable Object[] {who.opens(), number, who.recipient()});
        rows.delete(
                number,
                sorted.skipped().stream().map(DeliveryRows.Row::recipient).toList());
        if (sorted.works().isEmpty()) {
            return Optional.empty();
        }
        MailingClaim claim = sorted.claim();
        claim.holds(sorted.works());
        rows.claim(number, sorted.works().stream().map(Work::recipient).toList(), claim.id());
        sql.update(
                "insert into mail.claims (id, mailing, node, is_retry, claimed_at) values (?, ?, ?, true, ?)",
                claim.id(),
                number,
                claim.node(),
                claim.at());
        return Optional.of(claim);
    }

    private Sorted sorted(RunningMailing mailing, List<Candidate> due) {
        long readAt = parts.machine().nanos();
        Map<UUID, Addressee> found =
                standing.lookUp(mailing, due.stream().map(Candidate::recipient).toList());
        ReadingStanding.Decision decision = standing.onAll(found.values());
        MailingClaim claim = new MailingClaim(parts.machine().newId(), claims.node(), mailing, true, parts.now());
        Sorted sorted = new Sorted(claim, parts, skipped);
        due.forEach(who -> sorted.add(who.known(found.get(who.recipient())), decision, readAt));
        return sorted;
    }
}
