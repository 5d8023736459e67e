package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.EmailAddress;

/**
 * A registration proved its mailbox and became an account.
 *
 * @param interests what was ticked on the registration form, opaque here (ids of newsletters)
 */
public record AccountOpened(
        AccountId account,
        EmailAddress address,
        String name,
        Locale language,
        Optional<ZoneId> zone,
        Set<String> interests,
        OffsetDateTime at) {}
