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
 * the same time for every address, and worked off in the background: the first of every network before the second of any.
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

    /** 0 for a browser that is known to the account, else how many the network had asked for within the hour. */
    private int place;

    @Column(name = "requested_at")
    private OffsetDateTime requestedAt;

    @Column(name = "not_before")
    private OffsetDateTime notBefore;

    @SuppressWarnings("NullAway")
    protected LinkRequest() {}

    LinkRequest(
            UUID id,
            Kind kind,
            EmailAddress address,
            Locale language,
            String interests,
            String network,
            int place,
            OffsetDateTime requestedAt) {
        this.id = id;
        this.kind = kind;
        this.address = address.original();
        this.canonical = address.canonical();
        this.language = language.toLanguageTag();
        this.interests = interests;
        this.network = network;
        this.place = place;
        this.requestedAt = requestedAt;
        this.notBefore = requestedAt;
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

    /** Asked for in a browser that is known to the account of the address. */
    boolean known() {
        return place == 0;
    }

    OffsetDateTime requestedAt() {
        return requestedAt;
    }
}
