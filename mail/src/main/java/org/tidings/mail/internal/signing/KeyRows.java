package org.tidings.mail.internal.signing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.mail.SigningKeys.Found;
import org.tidings.mail.internal.signing.dkim.DkimAlgorithm;
import org.tidings.mail.internal.signing.dkim.DkimKey;
import org.tidings.mail.internal.tables.Sql;

/** Signing keys as rows. */
public final class KeyRows {

    private final Sql sql;
    private final KeySeal seal;

    public KeyRows(Sql sql, KeySeal seal) {
        this.sql = sql;
        this.seal = seal;
    }

    /**
     * A key that was not removed.
     *
     * @param record the text of its TXT record
     */
    record KeyRow(
            UUID id,
            String domain,
            String selector,
            DkimAlgorithm algorithm,
            String record,
            byte[] sealed,
            OffsetDateTime createdAt,
            Optional<OffsetDateTime> activeFrom,
            Optional<OffsetDateTime> retiredAt,
            Found found,
            Optional<OffsetDateTime> askedAt,
            Optional<OffsetDateTime> seenAt) {

        private static KeyRow read(ResultSet row) throws SQLException {
            return new KeyRow(
                    Sql.id(row, "id"),
                    row.getString("domain"),
                    row.getString("selector"),
                    DkimAlgorithm.valueOf(row.getString("algorithm")),
                    row.getString("record"),
                    row.getBytes("sealed"),
                    Sql.time(row, "created_at"),
                    Sql.timeOrNone(row, "active_from"),
                    Sql.timeOrNone(row, "retired_at"),
                    Found.valueOf(row.getString("found")),
                    Sql.timeOrNone(row, "asked_at"),
                    Sql.timeOrNone(row, "seen_at"));
        }

        boolean signsAt(OffsetDateTime now) {
            return activeFrom.filter(from -> !now.isBefore(from)).isPresent()
                    && retiredAt.filter(end -> !now.isBefore(end)).isEmpty();
        }
    }

    /** The newest first. */
    List<KeyRow> all() {
        return sql.list(
                "select * from mail.signing_keys where removed_at is null and sealed is not null"
                        + " order by created_at desc, id desc",
                KeyRow::read);
    }

    Optional<KeyRow> find(UUID id) {
        return sql.first(
                "select * from mail.signing_keys where id = ? and removed_at is null and sealed is not null",
                KeyRow::read,
                id);
    }

    /** Removed keys included. */
    Set<String> selectorsOf(String domain) {
        return new HashSet<>(sql.list(
                "select selector from mail.signing_keys where domain = ?", row -> row.getString("selector"), domain));
    }

    void add(UUID id, DkimKey key, OffsetDateTime now) {
        sql.update(
                "insert into mail.signing_keys (id, domain, selector, algorithm, record, sealed, created_at, found)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                key.domain(),
                key.selector(),
                key.algorithm().name(),
                key.recordValue(),
                seal.seal(key.encoded(), id, key.domain(), key.selector()),
                now,
                Found.NOT_ASKED.name());
    }

    /** Empty when it was sealed under another secret. */
    Optional<DkimKey> open(KeyRow row) {
        return seal.open(row.sealed(), row.id(), row.domain(), row.selector())
                .map(encoded -> DkimKey.restore(row.algorithm(), row.domain(), row.selector(), encoded));
    }

    void asked(UUID id, Found found, OffsetDateTime now) {
        sql.update(
                "update mail.signing_keys set found = ?, asked_at = ?, seen_at = case when ? then ? else seen_at end where id = ?",
                found.name(),
                now,
                found == Found.PUBLISHED,
                now,
                id);
    }

    /** Says that this node asks; false when another one does. */
    boolean mayAsk(KeyRow row, OffsetDateTime now) {
        return row.askedAt()
                        .map(asked -> sql.update(
                                "update mail.signing_keys set asked_at = ? where id = ? and asked_at = ?",
                                now,
                                row.id(),
                                asked))
                        .orElseGet(() -> sql.update(
                                "update mail.signing_keys set asked_at = ? where id = ? and asked_at is null",
                                now,
                                row.id()))
                == 1;
    }

    /** In the caller's transaction: the key signs, and none of its kind beside it. */
    void activate(KeyRow row, OffsetDateTime now) {
        sql.update(
                "update mail.signing_keys set retired_at = ? where domain = ? and algorithm = ? and id <> ?"
                        + " and active_from is not null and retired_at is null",
                now,
                row.domain(),
                row.algorithm().name(),
                row.id());
        sql.update(
                "update mail.signing_keys set active_from = ?, retired_at = null where id = ? and removed_at is null",
                now,
                row.id());
    }

    void retire(UUID id, OffsetDateTime now) {
        sql.update(
                "update mail.signing_keys set retired_at = ? where id = ? and retired_at is null and active_from is not null",
                now,
                id);
    }

    void remove(UUID id, OffsetDateTime now) {
        sql.update("update mail.signing_keys set removed_at = ?, sealed = null where id = ?", now, id);
    }
}
