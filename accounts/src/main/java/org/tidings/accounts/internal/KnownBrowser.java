package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.tidings.accounts.Sessions.Known;

/**
 * A browser in which the holder of an account has given the right password, or chosen one by mail. Until a year after the last
 * time her tries in it are counted apart from everybody else's. It opens nothing: the password is asked for all the same. Forgotten
 * when she disowns it, when another password is chosen elsewhere, and with the account.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "known_browser", schema = "accounts")
class KnownBrowser {

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    private UUID account;
    private String client;
    private OffsetDateTime since;

    @Column(name = "last_sign_in_at")
    private OffsetDateTime lastSignInAt;

    @SuppressWarnings("NullAway")
    protected KnownBrowser() {}

    KnownBrowser(String tokenHash, UUID account, String client, OffsetDateTime at) {
        this.tokenHash = tokenHash;
        this.account = account;
        this.client = client;
        this.since = at;
        this.lastSignInAt = at;
    }

    void signedIn(String newClient, OffsetDateTime at) {
        client = newClient;
        lastSignInAt = at;
    }

    String tokenHash() {
        return tokenHash;
    }

    UUID account() {
        return account;
    }

    Known view() {
        return new Known(client, since, lastSignInAt);
    }
}
