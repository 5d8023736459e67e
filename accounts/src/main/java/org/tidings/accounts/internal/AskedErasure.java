package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ErasureRequests.ErasureRequest;
import org.tidings.accounts.ErasureRequests.State;
import org.tidings.accounts.SecondPersonNeeded;

/**
 * An erasure that staff asked for. It waits until it takes effect, then it is done, unless somebody stopped it before. Always: for one
 * account at most one is open; one that needs a second person is not done without; what has ended keeps no reason.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "erasure_request", schema = "accounts")
class AskedErasure {

    @Id
    private UUID id;

    private UUID account;

    /** The account while it is open, nothing afterwards: so there is one at most. */
    @Column(name = "open_for")
    private @Nullable UUID openFor;

    @Column(name = "asked_by")
    private UUID askedBy;

    private String reason;

    @Column(name = "asked_at")
    private OffsetDateTime askedAt;

    @Column(name = "due_at")
    private OffsetDateTime dueAt;

    /** Of the link in the person's mail; only the hash of the token is kept. */
    @Column(name = "stop_hash")
    private String stopHash;

    @Column(name = "needs_second")
    private boolean needsSecond;

    @Column(name = "confirmed_at")
    private @Nullable OffsetDateTime confirmedAt;

    private boolean stopped;

    @Column(name = "ended_at")
    private @Nullable OffsetDateTime endedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway")
    protected AskedErasure() {}

    @SuppressWarnings("NullAway")
    AskedErasure(
            UUID id,
            AccountId account,
            AccountId askedBy,
            String reason,
            OffsetDateTime askedAt,
            Duration delay,
            Token stop,
            boolean needsSecond) {
        this.id = id;
        this.account = account.value();
        this.openFor = account.value();
        this.askedBy = askedBy.value();
        this.reason = reason;
        this.askedAt = askedAt;
        this.dueAt = askedAt.plus(delay);
        this.stopHash = stop.hash();
        this.needsSecond = needsSecond;
    }

    void confirm(AccountId officer, OffsetDateTime at) {
        if (officer.value().equals(askedBy)) {
            throw new SecondPersonNeeded();
        }
        confirmedAt = at;
    }

    void stop(OffsetDateTime at) {
        stopped = true;
        openFor = null;
        endedAt = at;
        reason = "";
    }

    boolean open() {
        return openFor != null;
    }

    boolean unconfirmed() {
        return needsSecond && confirmedAt == null;
    }

    boolean due(OffsetDateTime at) {
        return open() && !unconfirmed() && !dueAt.isAfter(at);
    }

    UUID id() {
        return id;
    }

    AccountId account() {
        return new AccountId(account);
    }

    AccountId askedBy() {
        return new AccountId(askedBy);
    }

    String reason() {
        return reason;
    }

    OffsetDateTime askedAt() {
        return askedAt;
    }

    OffsetDateTime dueAt() {
        return dueAt;
    }

    ErasureRequest view(boolean worksHere) {
        return new ErasureRequest(
                id, account(), askedBy(), reason, askedAt, dueAt, state(worksHere), Optional.ofNullable(endedAt));
    }

    private State state(boolean worksHere) {
        if (!open()) {
            return stopped ? State.STOPPED : State.DONE;
        }
        if (unconfirmed()) {
            return State.UNCONFIRMED;
        }
        return worksHere ? State.WORKS_HERE : State.WAITING;
    }
}
