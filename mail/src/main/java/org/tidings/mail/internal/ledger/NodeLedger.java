package org.tidings.mail.internal.ledger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * The ledger as one node writes it: what it has reserved, how it reserves, reads standing again, and writes down what became of it.
 *
 * @param claims what is reserved here
 */
public record NodeLedger(
        Claims claims,
        ReservingMailings mailings,
        ReservingLetters letters,
        ReadingStanding standing,
        WritingOutcomes outcomes) {

    /**
     * What every node's ledger is made of.
     *
     * @param zone the site's
     */
    public record Parts(
            Sql sql,
            Transactions transactions,
            Clock clock,
            Machine machine,
            ZoneId zone,
            People people,
            Suppressions suppressions,
            KeyedHashes hashes,
            Phrases phrases,
            TryCounts tryCounts) {

        OffsetDateTime now() {
            return Now.by(clock);
        }
    }

    /** @param node who reserves and records */
    public static NodeLedger of(UUID node, Parts parts) {
        Claims claims = new Claims(parts.sql(), parts.transactions(), node);
        ReadingStanding standing = new ReadingStanding(parts);
        return new NodeLedger(
                claims,
                new ReservingMailings(parts, claims, standing),
                new ReservingLetters(parts, claims, standing),
                standing,
                new WritingOutcomes(parts, claims));
    }

    /**
     * Once everything stands still: what is missing is known to be lost, and nothing more is reserved of its mailings before all of it is
     * recorded. Of a mailing that is not there itself nothing is recorded at all: another may have its number by now.
     */
    public void accept(Claims.TransactionsLost noticed) {
        mailings.forgetCursors();
        claims.accept(noticed);
    }
}
