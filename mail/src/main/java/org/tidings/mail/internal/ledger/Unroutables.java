package org.tidings.mail.internal.ledger;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.tidings.mail.internal.tables.Sql;

/**
 * Addresses to which no way was found. Once may be trouble with names, or with a table of the server's; the second time, for another
 * mail, nobody is there (B03). Counted by mails and not by hours, since a weekly newsletter has no two mails in a day. Joins the
 * caller's transaction.
 */
public final class Unroutables {

    /** So long the first time is remembered. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    private static final int MAIL_CHARS_AT_MOST = 300;

    private final Sql sql;

    public Unroutables(Sql sql) {
        this.sql = sql;
    }

    /**
     * Notes one.
     *
     * @param mail names the mailing or letter; several reports of one are one
     * @return whether it is at least the second mail
     */
    public boolean note(UUID addressHash, String mail, OffsetDateTime at) {
        sql.update("delete from mail.unroutables where at < ?", at.minus(REMEMBERED));
        sql.update(
                "insert into mail.unroutables (address_hash, mail, at) values (?, ?, ?) on conflict do nothing",
                addressHash,
                mail.length() > MAIL_CHARS_AT_MOST ? mail.substring(0, MAIL_CHARS_AT_MOST) : mail,
                at);
        return sql.number("select count(*) from mail.unroutables where address_hash = ?", addressHash) > 1;
    }

    static String mailing(long number) {
        return "mailing " + number;
    }
}
