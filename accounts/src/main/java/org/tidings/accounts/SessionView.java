package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A signed-in browser and whose it is.
 *
 * @param authenticatedAt when the password was last given, for steps that want it fresh (SEC-37: five minutes)
 * @param client a short description of browser and system for the holder's list
 */
public record SessionView(
        UUID id,
        AccountId account,
        String name,
        Set<Role> roles,
        Locale language,
        OffsetDateTime startedAt,
        OffsetDateTime lastSeenAt,
        OffsetDateTime authenticatedAt,
        String client) {}
