package org.tidings.web.newsletter;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A moment from a form's {@code datetime-local} field, meant in the site's time zone. */
final class Moments {

    private Moments() {}

    static Optional<OffsetDateTime> read(String typed, ZoneId zone) {
        try {
            return Optional.of(
                    LocalDateTime.parse(typed).atZone(zone).toOffsetDateTime().withOffsetSameInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
