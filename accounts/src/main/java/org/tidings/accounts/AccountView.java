package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.EmailAddress;

/**
 * An account as others may see it.
 *
 * @param contactWishes how customer service may get in touch (P4)
 * @param zone where the person lives, if she said so
 * @param erasedOn when a deactivated account is erased for good
 */
public record AccountView(
        AccountId id,
        AccountState state,
        EmailAddress address,
        String name,
        Locale language,
        ContactWishes contactWishes,
        Optional<ZoneId> zone,
        Set<Role> roles,
        OffsetDateTime openedAt,
        Optional<OffsetDateTime> deactivatedAt,
        Optional<OffsetDateTime> erasedOn) {}
