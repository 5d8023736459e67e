package org.tidings.newsletter;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.EmailAddress;

/**
 * A reader whom staff enter by hand.
 *
 * @param proof how she agreed, in 20 to 1,000 characters, kept with the consent record; empty to have her confirm by mail
 */
public record NewReader(
        EmailAddress address,
        String name,
        Locale language,
        Optional<ZoneId> zone,
        Set<NewsletterId> newsletters,
        Optional<String> proof) {}
