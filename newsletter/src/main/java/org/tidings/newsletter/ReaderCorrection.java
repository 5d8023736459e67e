package org.tidings.newsletter;

import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is so, as staff write it down.
 *
 * @param details name, language and zone; empty where an account says them, or where they stay
 * @param attributes by key, as typed; blank forgets; what is not named stays
 * @param tags all that she has from now on; empty where they stay
 */
public record ReaderCorrection(
        Optional<Details> details, Map<String, String> attributes, Optional<Collection<String>> tags) {

    /** @param name at most 200 characters, may be empty */
    public record Details(String name, Locale language, Optional<ZoneId> zone) {}
}
