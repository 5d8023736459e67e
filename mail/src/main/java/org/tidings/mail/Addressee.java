package org.tidings.mail;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One recipient of a mailing with what is personal in the mail.
 *
 * @param recipient the id under which the delivery is recorded: a subscription's or an account's
 * @param name display name, may be empty
 * @param slots values for the content's slots, by name without braces; plain text, escaped where they are put in
 * @param zone where the person lives, for {@link SendingHours}; empty where that is not known
 */
public record Addressee(
        UUID recipient,
        PersonState state,
        EmailAddress address,
        String name,
        Locale language,
        Map<String, String> slots,
        Optional<ZoneId> zone) {

    /** Somebody whose time zone is not known. */
    public Addressee(
            UUID recipient,
            PersonState state,
            EmailAddress address,
            String name,
            Locale language,
            Map<String, String> slots) {
        this(recipient, state, address, name, language, slots, Optional.empty());
    }
}
