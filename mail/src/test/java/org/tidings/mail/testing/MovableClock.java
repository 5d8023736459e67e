package org.tidings.mail.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. May be read from any thread. */
public final class MovableClock extends Clock {

    private volatile Instant now;

    private MovableClock(Instant now) {
        this.now = now;
    }

    /** Stands at {@code 2026-11-22T08:00:00Z}, a Sunday. */
    public static MovableClock standing() {
        return at("2026-11-22T08:00:00Z");
    }

    /** @param instant ISO 8601, in UTC */
    public static MovableClock at(String instant) {
        return new MovableClock(Instant.parse(instant));
    }

    public MovableClock advance(Duration by) {
        now = now.plus(by);
        return this;
    }

    public MovableClock moveTo(OffsetDateTime time) {
        now = time.toInstant();
        return this;
    }

    /** The present moment in the form in which it is stored. */
    public OffsetDateTime now() {
        return now.atOffset(ZoneOffset.UTC);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("times are kept in UTC");
    }
}
