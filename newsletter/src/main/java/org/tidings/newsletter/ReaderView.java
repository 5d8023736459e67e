package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidings.accounts.AccountId;

/**
 * One reader, with everything that is known about her.
 *
 * @param account whose name, language and zone these are, if she has one
 * @param since when her address was first entered
 */
public record ReaderView(
        SubscriberId id,
        String address,
        Optional<AccountId> account,
        String name,
        Locale language,
        Optional<ZoneId> zone,
        OffsetDateTime since,
        List<AttributeValue> attributes,
        List<String> tags) {}
