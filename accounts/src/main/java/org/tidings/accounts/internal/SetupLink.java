package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;

/** The link that is printed at start while there is no administrator; an hour later, or at the next start, it is dead. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "setup_link", schema = "accounts")
class SetupLink {

    private static final Duration VALID = Duration.ofHours(1);

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "expires_at")
    private OffsetDateTime expiresAt;

    @SuppressWarnings("NullAway")
    protected SetupLink() {}

    SetupLink(String tokenHash, OffsetDateTime at) {
        this.tokenHash = tokenHash;
        this.expiresAt = at.plus(VALID);
    }

    boolean good(OffsetDateTime at) {
        return expiresAt.isAfter(at);
    }
}
