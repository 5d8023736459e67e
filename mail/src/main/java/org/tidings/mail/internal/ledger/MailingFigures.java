package org.tidings.mail.internal.ledger;

import java.util.Map;
import java.util.TreeMap;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.site.Sql;

/** What a transaction adds to the figures of mailings; written in an order, so that two transactions never wait for each other. */
final class MailingFigures {

    private final Sql sql;
    private final Map<Integer, Map<Integer, Long>> added = new TreeMap<>();

    MailingFigures(Sql sql) {
        this.sql = sql;
    }

    void add(DeliveryRows.Row row) {
        Map<Integer, Long> figures = added.computeIfAbsent(row.mailing(), n -> new TreeMap<>());
        figures.merge(row.outcome() % Codes.WAS_DOUBTFUL, 1L, Long::sum);
        if (row.outcome() >= Codes.WAS_DOUBTFUL) {
            figures.merge(Codes.WAS_DOUBTFUL, 1L, Long::sum);
        }
    }

    void write() {
        added.forEach((mailing, figures) -> figures.forEach((what, n) -> sql.update(
                "update mail.mailing_counts set n = n + ? where mailing = ? and what = ?", n, mailing, what)));
    }
}
