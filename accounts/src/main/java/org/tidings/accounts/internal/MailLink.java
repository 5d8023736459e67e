package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.UsedLinks.Deed;
import org.tidings.mail.EmailAddress;

/**
 * A one-time link that was mailed to a holder: good for one purpose, one account and one address (SEC-09), until it expires or
 * one of its siblings is used; then it is deleted.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "mail_link", schema = "accounts")
class MailLink {

    /** What the link does. */
    enum Purpose {
        PASSWORD_RESET(Duration.ofHours(1)),
        ADDRESS_CHANGE(Duration.ofDays(1)),
        ADDRESS_UNDO(Duration.ofDays(3)),
        REACTIVATION(Duration.ofDays(1)),

        // What used links did: good for nothing but being told.
        DID_OPEN(Duration.ofDays(7), Deed.ACCOUNT_OPENED),
        DID_JOIN(Duration.ofDays(7), Deed.ROLES_JOINED),
        DID_CHOOSE(Duration.ofDays(1), Deed.PASSWORD_CHOSEN),
        DID_CHANGE(Duration.ofDays(3), Deed.ADDRESS_CHANGED),
        DID_RESTORE(Duration.ofDays(3), Deed.ADDRESS_RESTORED),
        DID_REACTIVATE(Duration.ofDays(3), Deed.ACCOUNT_REACTIVATED);

        private final Duration valid;
        private final Optional<Deed> deed;

        Purpose(Duration valid) {
            this.valid = valid;
            this.deed = Optional.empty();
        }

        Purpose(Duration valid, Deed deed) {
            this.valid = valid;
            this.deed = Optional.of(deed);
        }

        Duration valid() {
            return valid;
        }
    }

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Enumerated(EnumType.STRING)
    private Purpose purpose;

    private UUID account;
    private String address;
    private String canonical;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "expires_at")
    private OffsetDateTime expiresAt;

    @SuppressWarnings("NullAway")
    protected MailLink() {}

    MailLink(String tokenHash, Purpose purpose, UUID account, EmailAddress address, OffsetDateTime at) {
        this.tokenHash = tokenHash;
        this.purpose = purpose;
        this.account = account;
        this.address = address.original();
        this.canonical = address.canonical();
        this.createdAt = at;
        this.expiresAt = at.plus(purpose.valid());
    }

    boolean serves(Purpose wanted, OffsetDateTime at) {
        return purpose == wanted && expiresAt.isAfter(at);
    }

    /** Of a link that was used. */
    Optional<Deed> deed(OffsetDateTime at) {
        return expiresAt.isAfter(at) ? purpose.deed : Optional.empty();
    }

    AccountId account() {
        return new AccountId(account);
    }

    EmailAddress address() {
        return new EmailAddress(address, canonical);
    }

    OffsetDateTime createdAt() {
        return createdAt;
    }

    OffsetDateTime expiresAt() {
        return expiresAt;
    }
}
