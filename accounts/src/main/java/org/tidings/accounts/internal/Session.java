package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.accounts.SessionView;

/**
 * A signed-in browser. It lives until it is idle or old for too long, which is sooner for staff (SEC-34), until its holder ends
 * it, or until the account is closed. Its token changes whenever the password is given again (SEC-33).
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "session", schema = "accounts")
class Session {

    static final Duration MEMBER_IDLE = Duration.ofDays(7);
    static final Duration MEMBER_LIFE = Duration.ofDays(30);
    static final Duration STAFF_IDLE = Duration.ofHours(1);
    static final Duration STAFF_LIFE = Duration.ofDays(1);

    /** Seen again within this time is not written down: one write a minute, not one a request. */
    private static final Duration COARSE = Duration.ofMinutes(1);

    @Id
    private UUID id;

    @Column(name = "token_hash")
    private String tokenHash;

    private UUID account;

    @Column(name = "started_at")
    private OffsetDateTime startedAt;

    @Column(name = "last_seen_at")
    private OffsetDateTime lastSeenAt;

    @Column(name = "authenticated_at")
    private OffsetDateTime authenticatedAt;

    private String client;

    /** Hash of the browser's own token; empty for sessions that began before browsers were known. */
    @Column(name = "known_browser")
    private String knownBrowser;

    @Version
    private long version;

    @SuppressWarnings("NullAway")
    protected Session() {}

    Session(UUID id, String tokenHash, UUID account, String client, String knownBrowser, OffsetDateTime at) {
        this.id = id;
        this.tokenHash = tokenHash;
        this.account = account;
        this.client = client;
        this.knownBrowser = knownBrowser;
        this.startedAt = at;
        this.lastSeenAt = at;
        this.authenticatedAt = at;
    }

    void authenticatedAgain(String newTokenHash, OffsetDateTime at) {
        tokenHash = newTokenHash;
        authenticatedAt = at;
        lastSeenAt = at;
    }

    boolean alive(boolean staff, OffsetDateTime at) {
        return lastSeenAt.plus(staff ? STAFF_IDLE : MEMBER_IDLE).isAfter(at)
                && startedAt.plus(staff ? STAFF_LIFE : MEMBER_LIFE).isAfter(at);
    }

    boolean seenLongAgo(OffsetDateTime at) {
        return lastSeenAt.plus(COARSE).isBefore(at);
    }

    UUID id() {
        return id;
    }

    UUID account() {
        return account;
    }

    String knownBrowser() {
        return knownBrowser;
    }

    SessionView view(Account holder, Set<Role> roles) {
        return new SessionView(
                id,
                new AccountId(account),
                holder.name(),
                roles,
                holder.language(),
                startedAt,
                lastSeenAt,
                authenticatedAt,
                client);
    }
}
