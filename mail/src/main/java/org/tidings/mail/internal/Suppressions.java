package org.tidings.mail.internal;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tidings.mail.EmailAddress;

/** Addresses that are not to be written to. All calls join the caller's transaction. */
final class Suppressions {

    private final Sql sql;
    private final KeyedHashes hashes;

    Suppressions(Sql sql, KeyedHashes hashes) {
        this.sql = sql;
        this.hashes = hashes;
    }

    /** What stands against each of the hashes; nothing is left out. */
    Map<UUID, Set<Suppression>> of(Collection<UUID> addressHashes) {
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

    boolean none() {
        return sql.list("select 1 from mail.suppressions limit 1", row -> 1).isEmpty();
    }

    /** @param detail what came back, without the address */
    void add(UUID addressHash, Suppression reason, OffsetDateTime since, String detail) {
        sql.update(
                "insert into mail.suppressions (address_hash, reason, since, detail) values (?, ?, ?, ?)"
                        + " on conflict do nothing",
                addressHash,
                reason.code(),
                since,
                detail.length() > 500 ? detail.substring(0, 500) : detail);
    }

    void add(EmailAddress address, Suppression reason, OffsetDateTime since, String detail) {
        add(hashes.of(address), reason, since, detail);
    }

    /** The address may be written to again. */
    void lift(EmailAddress address, Suppression reason) {
        sql.update(
                "delete from mail.suppressions where address_hash = ? and reason = ?",
                hashes.of(address),
                reason.code());
    }

    /** One line of what is known about an address, for staff. */
    record Known(Suppression reason, OffsetDateTime since, String detail) {}

    List<Known> about(EmailAddress address) {
        return sql.list(
                "select reason, since, detail from mail.suppressions where address_hash = ? order by since",
                row -> new Known(Suppression.of(row.getInt("reason")), Sql.time(row, "since"), row.getString("detail")),
                hashes.of(address));
    }
}
