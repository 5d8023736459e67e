package org.tidings.mail.internal.ledger;

import java.util.List;
import java.util.UUID;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.outcomes.Codes;

/** Writes down who does not get a mail, and why. Joins the caller's transaction. */
final class SkippedRows {

    private final NodeLedger.Parts parts;
    private final DeliveryRows deliveries;

    SkippedRows(NodeLedger.Parts parts) {
        this.parts = parts;
        this.deliveries = new DeliveryRows(parts.sql());
    }

    DeliveryRows.Row row(int mailing, Candidate who, SkipReason why) {
        int outcome = Codes.SKIPPED + Codes.of(why) + (who.everDoubtful() ? Codes.WAS_DOUBTFUL : 0);
        return new DeliveryRows.Row(
                parts.now(), mailing, null, null, outcome, who.attempts(), who.recipient(), null, null);
    }

    void write(List<DeliveryRows.Row> rows) {
        deliveries.append(rows);
        MailingFigures figures = new MailingFigures(parts.sql());
        rows.forEach(figures::add);
        figures.write();
    }

    void letter(UUID letter, SkipReason why) {
        parts.sql()
                .update(
                        "update mail.letters set state = ?, skipped = ?, source = null, next_try = null, node = null, at = ?"
                                + " where id = ?",
                        Codes.SKIPPED,
                        Codes.of(why),
                        parts.now(),
                        letter);
    }
}
