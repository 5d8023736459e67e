package org.tidings.mail.internal.generations;

import java.time.OffsetDateTime;
import org.tidings.mail.SendingFigures.Stopped;
import org.tidings.mail.internal.tables.Sql;

/**
 * What stands still while nobody has looked at a database that was put back: mailings that were running, and single mails that waited.
 * Mails posted after that go, so that people can sign in. All calls join the caller's transaction.
 */
public final class Standstill {

    private final Sql sql;

    public Standstill(Sql sql) {
        this.sql = sql;
    }

    void begin(OffsetDateTime at) {
        sql.update(
                "update mail.mailings set state = 'PAUSED', stopped_at = ?, stopped_reason = ?, stopped_said = '',"
                        + " stopped_tries = 0, stopped_ours = 0 where active and state = 'RUNNING'",
                at,
                Stopped.RESTORED);
        // They are due when their time is over: then they are skipped like any that came too late. What a process of
        // before had reserved
        // is not taken over either; what a living one has is on its way.
        sql.update(
                "update mail.letters set next_try = expires_at, node = null where next_try is not null and (node is null"
                        + " or node not in (select id from mail.nodes where seen_at > current_timestamp - interval '60' second))");
    }

    /** How many mailings stand still. */
    long mailings() {
        return sql.number(
                "select count(*) from mail.mailings where active and state = 'PAUSED' and stopped_reason = ?",
                Stopped.RESTORED);
    }

    /** @return how many mailings go on */
    int end(OffsetDateTime at) {
        sql.update(
                "delete from mail.mailing_minutes where mailing in"
                        + " (select number from mail.mailings where active and state = 'PAUSED' and stopped_reason = ?)",
                Stopped.RESTORED);
        sql.update("update mail.letters set next_try = ? where next_try = expires_at and next_try > ?", at, at);
        return sql.update(
                "update mail.mailings set state = 'RUNNING', stopped_at = null, stopped_reason = null, stopped_said = null,"
                        + " resumed_at = ? where state = 'PAUSED' and stopped_reason = ?",
                at,
                Stopped.RESTORED);
    }
}
