package org.tidings.mail.internal.ledger;

import java.util.Map;
import java.util.TreeMap;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.site.Sql;

/** What the last refused try of each mailing was told; in an order, so that two transactions never wait for each other. */
final class LastErrors {

    private static final int MAX_ERROR = 500;

    private final Sql sql;
    private final Map<Integer, String> byMailing = new TreeMap<>();

    LastErrors(Sql sql) {
        this.sql = sql;
    }

    void note(Outcome outcome, int mailing) {
        switch (outcome.kind()) {
            case FAILED, DEFERRED, DOUBTFUL ->
                byMailing.put(mailing, outcome.reply().text());
            case HANDED_OVER, SKIPPED, PUT_BACK -> {}
        }
    }

    void write() {
        byMailing.forEach((mailing, error) -> sql.update(
                "update mail.mailings set last_error = ? where number = ?",
                error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error,
                mailing));
    }
}
