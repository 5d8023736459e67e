package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.tidings.mail.EmailAddress;

/**
 * Somebody typed an address into a form that ends in "look into your mailbox". Written as it came, so that the answer takes
 * the same time for every address, and worked off in the background.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "link_request", schema = "accounts")
class LinkRequest {

    /** What the form was for. */
    enum Kind {
        REGISTRATION,
        PASSWORD_RESET,
        REACTIVATION
    }

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String address;
    private String canonical;

    private String language;

    private String interests;
    private String network;

    @Column(name = "requested_at")
    private OffsetDateTime requestedAt;

    @SuppressWarnings("NullAway")
    protected LinkRequest() {}

    LinkRequest(
            UUID id,
            Kind kind,
            EmailAddress address,
            Locale language,
            String interests,
            String network,
            OffsetDateTime requestedAt) {
        this.id = id;
        this.kind = kind;
        this.address = address.original();
        this.canonical = address.canonical();
        this.language = language.toLanguageTag();
        this.interests = interests;
        this.network = network;
        this.requestedAt = requestedAt;
    }

    UUID id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    EmailAddress address() {
        return new EmailAddress(address, canonical);
    }

    Locale language() {
        return Locale.forLanguageTag(language);
    }

    String interests() {
        return interests;
    }

    String network() {
        return network;
    }

    OffsetDateTime requestedAt() {
        return requestedAt;
    }
}
