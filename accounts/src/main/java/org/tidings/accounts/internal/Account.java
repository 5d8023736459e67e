package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.Role;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.TimeZones;

/**
 * A person with a proved mailbox.
 *
 * <p>An account is opened when a registration has proved its mailbox (or by the first administrator, at the console). Its
 * holder corrects it while it is active. She may deactivate it, and come back until the day on which it will be erased;
 * then, or at once if she asks for that, its row is deleted. Always: the canonical address is nobody else's; a deactivated
 * account has a day of erasure, an active one has none.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "account", schema = "accounts")
class Account {

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private AccountState state;

    private String address;
    private String canonical;
    private String name;

    private String language;

    /** Empty where it is not known. */
    private String zone;

    private String password;

    @Column(name = "password_since")
    private OffsetDateTime passwordSince;

    @Column(name = "contact_by_email")
    private boolean contactByEmail;

    @Column(name = "contact_by_phone")
    private boolean contactByPhone;

    private String phone;

    @Column(name = "opened_at")
    private OffsetDateTime openedAt;

    @Column(name = "deactivated_at")
    private @Nullable OffsetDateTime deactivatedAt;

    @Column(name = "erase_on")
    private @Nullable OffsetDateTime eraseOn;

    @Version
    private long version;

    @SuppressWarnings("NullAway")
    protected Account() {}

    @SuppressWarnings("NullAway")
    private Account(UUID id) {
        this.id = id;
    }

    static Account open(
            UUID id,
            EmailAddress address,
            DisplayName name,
            Locale language,
            PasswordHash password,
            ContactWishes wishes,
            Optional<ZoneId> zone,
            OffsetDateTime at) {
        Account account = new Account(id);
        account.state = AccountState.ACTIVE;
        account.move(address);
        account.openedAt = at;
        account.choose(password, at);
        account.correct(name, language, wishes, zone);
        return account;
    }

    void correct(DisplayName name, Locale language, ContactWishes wishes, Optional<ZoneId> zone) {
        this.name = name.value();
        this.language = language.toLanguageTag();
        contactByEmail = wishes.byEmail();
        contactByPhone = wishes.byPhone();
        phone = PhoneNumber.of(wishes);
        this.zone = TimeZones.nameOf(zone);
    }

    final void move(EmailAddress address) {
        this.address = address.original();
        canonical = address.canonical();
    }

    final void choose(PasswordHash password, OffsetDateTime at) {
        this.password = password.phc();
        passwordSince = at;
    }

    /** The same password, hashed with today's parameters. */
    void rehash(PasswordHash password) {
        this.password = password.phc();
    }

    void deactivate(OffsetDateTime at, Duration window) {
        requireState(AccountState.ACTIVE);
        state = AccountState.DEACTIVATED;
        deactivatedAt = at;
        eraseOn = at.plus(window);
    }

    void reactivate(OffsetDateTime at) {
        requireState(AccountState.DEACTIVATED);
        if (!erasable().orElseThrow().isAfter(at)) {
            throw new AccountNotFound();
        }
        state = AccountState.ACTIVE;
        deactivatedAt = null;
        eraseOn = null;
    }

    private void requireState(AccountState wanted) {
        if (state != wanted) {
            throw new AccountNotFound();
        }
    }

    boolean active() {
        return state == AccountState.ACTIVE;
    }

    OffsetDateTime openedAt() {
        return openedAt;
    }

    UUID key() {
        return id;
    }

    AccountId id() {
        return new AccountId(id);
    }

    EmailAddress address() {
        return new EmailAddress(address, canonical);
    }

    String name() {
        return name;
    }

    Locale language() {
        return Locale.forLanguageTag(language);
    }

    PasswordHash password() {
        return new PasswordHash(password);
    }

    ContactWishes wishes() {
        return new ContactWishes(contactByEmail, contactByPhone, phone);
    }

    Optional<ZoneId> zone() {
        return TimeZones.known(zone);
    }

    Optional<OffsetDateTime> erasable() {
        return Optional.ofNullable(eraseOn);
    }

    AccountView view(Set<Role> roles) {
        return new AccountView(
                id(),
                state,
                address(),
                name,
                language(),
                wishes(),
                zone(),
                roles,
                openedAt,
                Optional.ofNullable(deactivatedAt),
                erasable());
    }
}
