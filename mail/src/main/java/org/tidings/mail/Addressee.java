package org.tidings.mail;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * One recipient of a mailing with what is personal in the mail.
 *
 * @param recipient the id under which the delivery is recorded: a subscription's or an account's
 * @param name display name, may be empty
 * @param slots values for the content's slots, by name without braces; plain text, escaped where they are put in
 */
public record Addressee(
        UUID recipient,
        PersonState state,
        EmailAddress address,
        String name,
        Locale language,
        Map<String, String> slots) {}
