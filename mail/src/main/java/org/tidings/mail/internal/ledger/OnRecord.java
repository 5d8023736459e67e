package org.tidings.mail.internal.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.tables.Sql;

/** Who of a mailing has a row already: an outcome, or a try that waits. Two range queries on primary keys. */
public final class OnRecord {

    private static final UUID FIRST = new UUID(0, 0);

    private OnRecord() {}

    /** Those behind the one recipient, or from the beginning, up to the other. Joins the caller's transaction. */
    public static Set<UUID> between(Sql sql, int mailing, @Nullable UUID after, UUID to) {
        Set<UUID> known = new HashSet<>();
        for (String table : List.of("mail.deliveries", "mail.retries")) {
            known.addAll(sql.list(
                    "select recipient from " + table + " where mailing = ? and recipient > ? and recipient <= ?",
                    row -> Sql.id(row, "recipient"),
                    mailing,
                    after == null ? FIRST : after,
                    to));
        }
        return known;
    }

    static boolean has(Sql sql, int mailing, UUID recipient) {
        return sql.number(
                        "select (select count(*) from mail.deliveries where mailing = ? and recipient = ?)"
                                + " + (select count(*) from mail.retries where mailing = ? and recipient = ?)",
                        mailing,
                        recipient,
                        mailing,
                        recipient)
                > 0;
    }
}
