package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.tidings.mail.EmailAddress;

/** Name, language, time zone or address of an account were corrected; carries the values that hold now and the address before. */
public record AccountChanged(
        AccountId account,
        EmailAddress address,
        EmailAddress formerAddress,
        String name,
        Locale language,
        Optional<ZoneId> zone,
        OffsetDateTime at) {}
