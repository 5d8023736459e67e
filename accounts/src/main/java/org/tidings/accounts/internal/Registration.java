package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.mail.EmailAddress;

/**
 * An address that asked for an account, or was invited, and has not opened one yet.
 *
 * <p>It waits for the link in its mail, is proved when the button behind the link is pressed, and is deleted when the account
 * opens, together with all others of the same address; or when its time is over. It holds no password and no name: there is
 * nothing that somebody else could have planted (SEC-04).
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "registration", schema = "accounts")
class Registration {

    static final Duration VALID = Duration.ofDays(1);
    static final Duration INVITATION_VALID = Duration.ofDays(3);
    private static final int MAX_INTERESTS = 50;
    private static final Pattern INTEREST = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Id
    private UUID id;

    @Column(name = "token_hash")
    private String tokenHash;

    private String address;
    private String canonical;

    private String language;

    private String interests;

    @Column(name = "invited_to")
    private String invitedTo;

    /** An account's id as text; empty unless invited. EclipseLink 4 cannot read or write a UUID that is null. */
    @Column(name = "invited_by")
    private String invitedBy;

    @Column(name = "requested_at")
    private OffsetDateTime requestedAt;

    @Column(name = "expires_at")
    private OffsetDateTime expiresAt;

    @Column(name = "proved_at")
    private @Nullable OffsetDateTime provedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway")
    protected Registration() {}

    private Registration(
            UUID id,
            String tokenHash,
            EmailAddress address,
            Locale language,
            String interests,
            Set<Role> invitedTo,
            String invitedBy,
            OffsetDateTime at,
            Duration valid) {
        this.id = id;
        this.tokenHash = tokenHash;
        this.address = address.original();
        this.canonical = address.canonical();
        this.language = language.toLanguageTag();
        this.interests = interests;
        this.invitedTo = Names.join(invitedTo);
        this.invitedBy = invitedBy;
        this.requestedAt = at;
        this.expiresAt = at.plus(valid);
    }

    static Registration request(
            UUID id, String tokenHash, EmailAddress address, Locale language, String interests, OffsetDateTime at) {
        return new Registration(id, tokenHash, address, language, interests, Set.of(), "", at, VALID);
    }

    static Registration invite(
            UUID id,
            String tokenHash,
            EmailAddress address,
            Locale language,
            Set<Role> roles,
            UUID by,
            OffsetDateTime at) {
        return new Registration(id, tokenHash, address, language, "", roles, by.toString(), at, INVITATION_VALID);
    }

    void prove(OffsetDateTime at) {
        if (provedAt == null) {
            provedAt = at;
        }
    }

    boolean proved() {
        return provedAt != null;
    }

    UUID id() {
        return id;
    }

    EmailAddress address() {
        return new EmailAddress(address, canonical);
    }

    Locale language() {
        return Locale.forLanguageTag(language);
    }

    Set<String> interests() {
        return split(interests);
    }

    Set<Role> invitedTo() {
        return Names.split(Role.class, invitedTo);
    }

    OffsetDateTime requestedAt() {
        return requestedAt;
    }

    OffsetDateTime expiresAt() {
        return expiresAt;
    }

    /** Keeps what can be an id, up to the limit; a form that was tampered with loses its rest silently. */
    static String join(Set<String> interests) {
        return interests.stream()
                .filter(interest -> INTEREST.matcher(interest).matches())
                .sorted()
                .limit(MAX_INTERESTS)
                .collect(Collectors.joining(","));
    }

    private static Set<String> split(String joined) {
        return Arrays.stream(joined.split(",", -1))
                .filter(interest -> !interest.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
