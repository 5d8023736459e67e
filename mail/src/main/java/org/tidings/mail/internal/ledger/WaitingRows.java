package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.site.Sql;

/** People of a mailing who wait for another try from now on, as rows of {@code mail.retries}; written together. */
final class WaitingRows {

    private static final String INSERT =
            "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at, server, reply, dated)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    /** Of this claim only. */
    private static final String AGAIN =
            "update mail.retries set state = ?, attempts = ?, ever_doubtful = ?, next_try = ?, at = ?, server = ?, reply = ?,"
                    + " dated = ?, claim = null where mailing = ? and recipient = ? and claim = ?";

    private static final String OF_LOST_CLAIM =
            "update mail.retries set state = ?, attempts = ?, ever_doubtful = ever_doubtful or ?, next_try = ?, at = ?,"
                    + " server = ?, reply = ?, dated = ? where mailing = ? and recipient = ? and claim is null";

    /** One row; phrases are ids. */
    record Row(
            int mailing,
            UUID recipient,
            int state,
            int attempts,
            boolean everDoubtful,
            OffsetDateTime nextTry,
            OffsetDateTime at,
            @Nullable Integer server,
            @Nullable Integer reply,
            @Nullable OffsetDateTime dated) {

        @Nullable
        Object[] inserted() {
            return new @Nullable Object[] {
                mailing, recipient, state, attempts, everDoubtful, nextTry, at, server, reply, dated
            };
        }
    }

    private record Again(Row row, UUID claim) {
        @Nullable
        Object[] updated() {
            return new @Nullable Object[] {
                row.state(),
                row.attempts(),
                row.everDoubtful(),
                row.nextTry(),
                row.at(),
                row.server(),
                row.reply(),
                row.dated(),
                row.mailing(),
                row.recipient(),
                claim
            };
        }
    }

    private final Sql sql;
    private final List<Row> first = new ArrayList<>();
    private final List<Again> again = new ArrayList<>();
    private final List<Row> ofLostClaims = new ArrayList<>();

    WaitingRows(Sql sql) {
        this.sql = sql;
    }

    /** She has no row yet. */
    void first(Row row) {
        first.add(row);
    }

    /** She has one, which the claim has reserved. */
    void again(Row row, UUID claim) {
        again.add(new Again(row, claim));
    }

    /** Of a reservation that the database has lost: nobody may know of it, or a row waits from before, or others have sent it since. */
    void ofLostClaim(Row row) {
        ofLostClaims.add(row);
    }

    void write() {
        sql.batch(INSERT, first, Row::inserted);
        sql.batch(AGAIN, again, Again::updated);
        ofLostClaims.forEach(this::writeOfLostClaim);
    }

    private void writeOfLostClaim(Row row) {
        if (sql.number(
                        "select count(*) from mail.deliveries where mailing = ? and recipient = ?",
                        row.mailing(),
                        row.recipient())
                > 0) {
            return;
        }
        int there = sql.update(
                OF_LOST_CLAIM,
                row.state(),
                row.attempts(),
                row.everDoubtful(),
                row.nextTry(),
                row.at(),
                row.server(),
                row.reply(),
                row.dated(),
                row.mailing(),
                row.recipient());
        if (there == 0) {
            sql.update(INSERT, row.inserted());
        }
    }
}
