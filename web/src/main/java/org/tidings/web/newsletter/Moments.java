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

    /** Empty for what is no moment, or no clock of that zone shows. Of an hour that comes twice it is the first. */
    static Optional<OffsetDateTime> read(String typed, ZoneId zone) {
        return local(typed)
                .filter(there -> !zone.getRules().getValidOffsets(there).isEmpty())
                .map(there -> there.atZone(zone).toOffsetDateTime().withOffsetSameInstant(ZoneOffset.UTC));
    }

    /** Whether clocks of that zone jump over it. */
    static boolean skipped(String typed, ZoneId zone) {
        return local(typed)
                .filter(there -> zone.getRules().getValidOffsets(there).isEmpty())
                .isPresent();
    }

    private static Optional<LocalDateTime> local(String typed) {
        try {
            return Optional.of(LocalDateTime.parse(typed));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
