package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MailingState;
import org.tidings.site.Ids;
import org.tidings.site.Sql;

/** The mutable half of a mailing: how far its audience is reserved. */
record Cursor(MailingState state, @Nullable UUID claimedTo, boolean exhausted, OffsetDateTime expiresAt) {

    /** Where it was moved to. It never goes back. */
    record Reached(@Nullable UUID last, boolean exhausted) {
        boolean isBeyond(Cursor cursor) {
            UUID there = cursor.claimedTo();
            UUID here = last;
            return (exhausted && !cursor.exhausted())
                    || (here != null && (there == null || Ids.compareUnsigned(there, here) < 0));
        }
    }

    /** Nobody else reserves of the mailing until this transaction ends. Empty when there is nothing to be done for it any more. */
    static Optional<Cursor> lock(Sql sql, int mailing) {
        return sql.first(
                "select state, claimed_to, exhausted, expires_at from mail.mailings where number = ? and active for update",
                row -> new Cursor(
                        MailingState.valueOf(row.getString("state")),
                        Sql.idOrNull(row, "claimed_to"),
                        row.getBoolean("exhausted"),
                        Sql.time(row, "expires_at")),
                mailing);
    }
}
