package org.tidings.site;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The present moment in UTC, to the microsecond that both databases keep: a time that is read back equals the one that was written. Given
 * by a clock, so that tests can move it.
 */
public final class Now {

    private final Clock clock;

    public Now(Clock clock) {
        this.clock = clock;
    }

    public OffsetDateTime get() {
        return by(clock);
    }

    /** The moment that this clock shows. */
    public static OffsetDateTime by(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
