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
 * The ledger line that an account was erased. The address is there only as HMAC-SHA-256 under a key that is kept outside the
 * database, to find and erase it again when an old backup has been restored.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "erasure", schema = "accounts")
class Erasure {

    /** Why it was erased. */
    enum Ground {
        HOLDER,
        ON_REQUEST,
        WINDOW_OVER
    }

    @Id
    private UUID id;

    @Column(name = "address_hash")
    private String addressHash;

    @Enumerated(EnumType.STRING)
    private Ground ground;

    @Column(name = "requested_at")
    private OffsetDateTime requestedAt;

    @Column(name = "completed_at")
    private OffsetDateTime completedAt;

    @SuppressWarnings("NullAway")
    protected Erasure() {}

    Erasure(UUID id, String addressHash, Ground ground, OffsetDateTime requestedAt, OffsetDateTime completedAt) {
        this.id = id;
        this.addressHash = addressHash;
        this.ground = ground;
        this.requestedAt = requestedAt;
        this.completedAt = completedAt;
    }
}
