package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.accounts.ApiTokens.TokenView;

/** A key that a staff member gave to a program: named, scoped, expiring, revocable, stored as a hash only (SEC-60). */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "api_token", schema = "accounts")
class ApiToken {

    private static final Duration COARSE = Duration.ofMinutes(1);

    @Id
    private UUID id;

    @Column(name = "token_hash")
    private String tokenHash;

    private UUID account;
    private String label;

    private String scopes;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "expires_at")
    private OffsetDateTime expiresAt;

    @Column(name = "last_used_at")
    private @Nullable OffsetDateTime lastUsedAt;

    @SuppressWarnings("NullAway")
    protected ApiToken() {}

    ApiToken(
            UUID id,
            String tokenHash,
            UUID account,
            DisplayName label,
            Set<Scope> scopes,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt) {
        this.id = id;
        this.tokenHash = tokenHash;
        this.account = account;
        this.label = label.value();
        this.scopes = Names.join(scopes);
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    boolean good(OffsetDateTime at) {
        return expiresAt.isAfter(at);
    }

    void used(OffsetDateTime at) {
        if (lastUsedAt == null || lastUsedAt.plus(COARSE).isBefore(at)) {
            lastUsedAt = at;
        }
    }

    UUID account() {
        return account;
    }

    Set<Scope> scopes() {
        return Names.split(Scope.class, scopes);
    }

    TokenView view(Set<Scope> allowed) {
        return new TokenView(
                id, new AccountId(account), label, allowed, createdAt, expiresAt, Optional.ofNullable(lastUsedAt));
    }
}
