package org.tidings.mail.internal.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.LetterWork;
import org.tidings.mail.internal.composing.LettersClaim;
import org.tidings.mail.internal.composing.Work;
import org.tidings.site.Sql;

/** Reserves letters for this node, in one transaction with their people's standing. */
public final class ReservingLetters {

    private final NodeLedger.Parts parts;
    private final Sql sql;
    private final Claims claims;
    private final ReadingStanding standing;
    private final SkippedRows skipped;

    ReservingLetters(NodeLedger.Parts parts, Claims claims, ReadingStanding standing) {
        this.parts = parts;
        this.sql = parts.sql();
        this.claims = claims;
        this.standing = standing;
        this.skipped = new SkippedRows(parts);
    }

    /** Reserves letters that are due, oldest first. Those that must not go any more are written down. */
    public Optional<LettersClaim> claim(int size) {
        return parts.transactions().call(() -> reserve(size)).map(claims::hold);
    }

    private Optional<LettersClaim> reserve(int size) {
        claims.assertStillOurs();
        // One node at a time: without SKIP LOCKED, which the embedded database is slow at.
        sql.list("select thrown from mail.switches where name = 'letters' for update", row -> 1);
        LettersClaim claim = new LettersClaim(parts.machine().newId(), claims.node(), parts.now());
        List<LetterWork> works = thatMayGo(due(claim, size));
        if (works.isEmpty()) {
            return Optional.empty();
        }
        sql.update(
                "update mail.letters set node = ? where id = any (?)",
                claims.node(),
                works.stream().map(Work::recipient).toList());
        claim.holds(works);
        return Optional.of(claim);
    }

    private List<LetterWork> due(LettersClaim claim, int size) {
        long readAt = parts.machine().nanos();
        List<LetterWork> due = sql.list(
                "select id, kind, realm, person, address, expires_at, source, attempts, ever_doubtful from mail.letters"
                        + " where next_try <= ? and node is null order by next_try limit ?",
                row -> letter(claim, row, readAt),
                parts.now(),
                size);
        if (!due.isEmpty()) {
            standing.decide(due, readAt);
        }
        return due;
    }

    private List<LetterWork> thatMayGo(List<LetterWork> due) {
        List<LetterWork> works = new ArrayList<>();
        for (LetterWork letter : due) {
            Optional<SkipReason> whyNot = letter.whyNot();
            if (whyNot.isPresent()) {
                skipped.letter(letter.recipient(), whyNot.get());
            } else {
                works.add(letter);
            }
        }
        return works;
    }

    private static LetterWork letter(LettersClaim claim, ResultSet row, long readAt) throws SQLException {
        byte[] source = row.getBytes("source");
        return new LetterWork(
                claim,
                Sql.id(row, "id"),
                new LetterWork.Source(
                        MailKind.valueOf(row.getString("kind")),
                        row.getString("realm"),
                        Sql.id(row, "person"),
                        EmailAddress.parse(row.getString("address")),
                        Sql.time(row, "expires_at"),
                        source == null ? new byte[0] : source),
                row.getInt("attempts"),
                row.getBoolean("ever_doubtful"),
                readAt);
    }
}
