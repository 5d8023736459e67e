package org.tidings.announcements;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * When something happens.
 *
 * @param start in UTC
 * @param end in UTC, empty while it cannot be known
 * @param zone the IANA time zone in which people are told; UTC is given beside it
 */
public record Window(OffsetDateTime start, Optional<OffsetDateTime> end, ZoneId zone) {

    public Window {
        start = start.withOffsetSameInstant(ZoneOffset.UTC);
        end = end.map(at -> at.withOffsetSameInstant(ZoneOffset.UTC));
    }

    /**
     * Reads local times as a person types them. Of an hour that comes twice in autumn the earlier is meant.
     *
     * @throws DateTimeException for a local time that does not exist in the zone (the spring gap)
     */
    public static Window in(ZoneId zone, LocalDateTime start, Optional<LocalDateTime> end) {
        return new Window(instantOf(start, zone), end.map(at -> instantOf(at, zone)), zone);
    }

    private static OffsetDateTime instantOf(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw new DateTimeException("no such local time in this zone");
        }
        return OffsetDateTime.of(local, offsets.get(0));
    }

    public ZonedDateTime localStart() {
        return start.atZoneSameInstant(zone);
    }

    public Optional<ZonedDateTime> localEnd() {
        return end.map(at -> at.atZoneSameInstant(zone));
    }
}
