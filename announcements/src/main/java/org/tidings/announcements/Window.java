package org.tidings.announcements;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * When something happens, to the second.
 *
 * @param start in UTC
 * @param end in UTC, empty while it cannot be known
 * @param zone the IANA time zone in which people are told; UTC is given beside it
 */
public record Window(OffsetDateTime start, Optional<OffsetDateTime> end, ZoneId zone) {

    public Window {
        start = start.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        end = end.map(at -> at.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
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

    /** Whether the zone is UTC by whatever name, so that UTC need not be given beside it. */
    public boolean inUtc() {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    public Optional<Duration> duration() {
        return end.map(at -> Duration.between(start, at));
    }

    public ZonedDateTime localStart() {
        return start.atZoneSameInstant(zone);
    }

    public Optional<ZonedDateTime> localEnd() {
        return end.map(at -> at.atZoneSameInstant(zone));
    }
}
