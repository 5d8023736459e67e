package org.tidings.mail.internal.ledger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.SendingFigures.Alarm;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/** That servers refuse us because of how this site is set up: one row a reason, on staff's page for a day after the last time. */
public final class Alarms {

    private static final int SHOWN_FOR_HOURS = 24;
    private static final int MAX_SAID = 500;

    private final Sql sql;
    private final Clock clock;

    public Alarms(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Raises an alarm, or says it again; in the caller's transaction. */
    public void raise(Reason reason, long n, String said, OffsetDateTime at) {
        String words = said.length() > MAX_SAID ? said.substring(0, MAX_SAID) : said;
        // What is over begins anew.
        sql.update(
                "delete from mail.alarms where reason = ? and last_at < ?",
                reason.name(),
                at.minusHours(SHOWN_FOR_HOURS));
        if (again(reason, n, words, at) == 0) {
            int added = sql.update(
                    "insert into mail.alarms (reason, first_at, last_at, n, said) values (?, ?, ?, ?, ?)"
                            + " on conflict do nothing",
                    reason.name(),
                    at,
                    at,
                    n,
                    words);
            if (added == 0) {
                again(reason, n, words, at);
            }
        }
    }

    private int again(Reason reason, long n, String said, OffsetDateTime at) {
        return sql.update(
                "update mail.alarms set last_at = ?, n = n + ?, said = ? where reason = ?", at, n, said, reason.name());
    }

    List<Alarm> shown() {
        OffsetDateTime from = Now.by(clock).truncatedTo(ChronoUnit.SECONDS).minusHours(SHOWN_FOR_HOURS);
        return sql.list(
                "select * from mail.alarms where last_at >= ? order by last_at desc, reason",
                row -> new Alarm(
                        row.getString("reason"),
                        Sql.time(row, "first_at"),
                        Sql.time(row, "last_at"),
                        row.getLong("n"),
                        Diagnostic.of(row.getString("said"))),
                from);
    }

    void dismiss(String reason) {
        sql.update("delete from mail.alarms where reason = ?", reason);
    }
}
