package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * The ledger line that a person was erased. The address and the account's id are there only as HMAC-SHA-256 under a key
 * that is kept outside the database, to find and erase the person again when an old backup has been restored.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "erasure", schema = "accounts")
class Erasure {

    /** Why it was erased. */
    enum Ground {
        HOLDER,
        ON_REQUEST,
        WINDOW_OVER,
        /** A subscriber without an account. */
        VISITOR
    }

    @Id
    private UUID id;

    @Column(name = "address_hash")
    private String addressHash;

    /** Empty without an account, and in lines from before there was this column. */
    @Column(name = "account_hash")
    private String accountHash;

    @Enumerated(EnumType.STRING)
    private Ground ground;

    @Column(name = "requested_at")
    private OffsetDateTime requestedAt;

    @Column(name = "completed_at")
    private OffsetDateTime completedAt;

    @SuppressWarnings("NullAway")
    protected Erasure() {}

    Erasure(Line line) {
        id = line.id();
        addressHash = line.addressHash();
        accountHash = line.accountHash();
        ground = line.ground();
        requestedAt = line.requestedAt();
        completedAt = line.completedAt();
    }

    Line line() {
        return new Line(id, addressHash, accountHash, ground, requestedAt, completedAt);
    }

    /** What a line says. */
    record Line(
            UUID id,
            String addressHash,
            String accountHash,
            Ground ground,
            OffsetDateTime requestedAt,
            OffsetDateTime completedAt) {}
}
