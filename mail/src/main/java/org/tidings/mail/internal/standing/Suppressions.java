package org.tidings.mail.internal.standing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses.Reason;
import org.tidings.mail.SuppressedAddresses.Suppressed;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/**
 * Addresses that are not to be written to. Every change leaves a line of the {@link SuppressionLedger} behind. All calls join the
 * caller's transaction.
 */
public final class Suppressions {

    private final Sql sql;
    private final KeyedHashes hashes;
    private final Clock clock;

    public Suppressions(Sql sql, KeyedHashes hashes, Clock clock) {
        this.sql = sql;
        this.hashes = hashes;
        this.clock = clock;
    }

    /** What stands against each of the hashes; nothing is left out. */
    public Map<UUID, Set<Suppression>> of(Collection<UUID> addressHashes) {
        Map<UUID, Set<Suppression>> found = new HashMap<>();
        if (!addressHashes.isEmpty()) {
            sql.list(
                            "select address_hash, reason from mail.suppressions where address_hash = any (?)",
                            row -> Map.entry(Sql.id(row, "address_hash"), Suppression.of(row.getInt("reason"))),
                            addressHashes)
                    .forEach(e -> found.computeIfAbsent(e.getKey(), k -> EnumSet.noneOf(Suppression.class))
                            .add(e.getValue()));
        }
        return found;
    }

    public boolean none() {
        return sql.list("select 1 from mail.suppressions limit 1", row -> 1).isEmpty();
    }

    /**
     * @param detail what came back, without the address
     * @return false if the reason stands already
     */
    public boolean add(UUID addressHash, Suppression reason, OffsetDateTime since, String detail) {
        boolean isNew = put(addressHash, reason, since, detail) > 0;
        if (isNew) {
            record(addressHash, reason, since, false);
        }
        return isNew;
    }

    /** Without a line in the ledger. @return 0 if the reason stands already */
    int put(UUID addressHash, Suppression reason, OffsetDateTime since, String detail) {
        return sql.update(
                "insert into mail.suppressions (address_hash, reason, since, detail) values (?, ?, ?, ?)"
                        + " on conflict do nothing",
                addressHash,
                reason.code(),
                since,
                detail.length() > 500 ? detail.substring(0, 500) : detail);
    }

    private void record(UUID addressHash, Suppression reason, OffsetDateTime at, boolean lifted) {
        sql.update(
                "insert into mail.suppression_facts (id, at, address_hash, reason, lifted) values (?, ?, ?, ?, ?)",
                Ids.next(),
                at,
                addressHash,
                reason.code(),
                lifted);
    }

    public void add(EmailAddress address, Suppression reason, OffsetDateTime since, String detail) {
        add(hashes.of(address), reason, since, detail);
    }

    /** The address may be written to again. @return whether the reason stood */
    public boolean lift(UUID addressHash, Suppression reason) {
        return lift(addressHash, reason, Now.by(clock));
    }

    /** @param at from when it is over; what is said again of that time or later stands again */
    public boolean lift(UUID addressHash, Suppression reason, OffsetDateTime at) {
        boolean stood = remove(addressHash, reason) > 0;
        if (stood) {
            record(addressHash, reason, at, true);
        }
        return stood;
    }

    /** Without a line in the ledger. */
    int remove(UUID addressHash, Suppression reason) {
        return sql.update(
                "delete from mail.suppressions where address_hash = ? and reason = ?", addressHash, reason.code());
    }

    /**
     * Takes the day's one mail to an address where nobody was: a link that the person asked for. Not where the address is fine.
     *
     * @return false when it was taken within the last 24 hours
     */
    public boolean mayProbe(UUID addressHash, OffsetDateTime now) {
        List<Boolean> fresh = sql.list(
                "select case when probed_at is null or probed_at < ? then 1 else 0 end as fresh from mail.suppressions"
                        + " where address_hash = ? and reason = ? for update",
                row -> row.getInt("fresh") == 1,
                now.minusDays(1),
                addressHash,
                Suppression.HARD_BOUNCED.code());
        if (fresh.contains(true)) {
            sql.update(
                    "update mail.suppressions set probed_at = ? where address_hash = ? and reason = ?",
                    now,
                    addressHash,
                    Suppression.HARD_BOUNCED.code());
        }
        return !fresh.contains(false);
    }

    public List<Suppressed> about(UUID addressHash) {
        return sql.list(
                "select * from mail.suppressions where address_hash = ? order by since",
                Suppressions::suppressed,
                addressHash);
    }

    public List<Suppressed> about(Collection<UUID> addressHashes) {
        return sql.list(
                "select * from mail.suppressions where address_hash = any (?) order by since",
                Suppressions::suppressed,
                addressHashes);
    }

    /** Whether the reason was lifted later than that. */
    public boolean isLiftedAfter(UUID addressHash, Suppression reason, OffsetDateTime since) {
        return sql.number(
                        "select count(*) from mail.suppression_facts where address_hash = ? and reason = ? and lifted"
                                + " and at > ?",
                        addressHash,
                        reason.code(),
                        since)
                > 0;
    }

    public List<Suppressed> newest(Optional<Suppression> reason, int limit) {
        return sql.list(
                "select * from mail.suppressions where reason between ? and ? order by since desc limit ?",
                Suppressions::suppressed,
                reason.map(Suppression::code).orElse(0),
                reason.map(Suppression::code).orElse(Short.MAX_VALUE + 0),
                limit);
    }

    public long count(Suppression reason) {
        return sql.number("select count(*) from mail.suppressions where reason = ?", reason.code());
    }

    private static Suppressed suppressed(ResultSet row) throws SQLException {
        return new Suppressed(
                Sql.id(row, "address_hash"),
                Suppression.of(row.getInt("reason")) == Suppression.HARD_BOUNCED
                        ? Reason.HARD_BOUNCED
                        : Reason.COMPLAINED,
                Sql.time(row, "since"),
                row.getString("detail"));
    }
}
