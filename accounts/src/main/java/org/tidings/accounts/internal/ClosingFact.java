package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/** That an account was deactivated, or reactivated. Added and never changed; the account's id is there only as a keyed hash. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "closing", schema = "accounts")
class ClosingFact {

    @Id
    private UUID id;

    @Column(name = "account_hash")
    private String accountHash;

    private boolean closed;

    private OffsetDateTime at;

    @SuppressWarnings("NullAway")
    protected ClosingFact() {}

    ClosingFact(Line line) {
        id = line.id();
        accountHash = line.accountHash();
        closed = line.closed();
        at = line.at();
    }

    Line line() {
        return new Line(id, accountHash, closed, at);
    }

    /** What it says. */
    record Line(UUID id, String accountHash, boolean closed, OffsetDateTime at) {}
}
