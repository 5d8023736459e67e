package org.tidings.mail;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The part of every day in which mails of a mailing are sent, in the recipient's time.
 *
 * @param from inclusive
 * @param until exclusive, later than {@code from} on the same day
 */
public record SendingHours(LocalTime from, LocalTime until) {

    /** @throws IllegalArgumentException unless {@code from} is before {@code until} */
    public SendingHours {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("sending hours must end after they begin");
        }
    }

    /** The moment itself when it is inside, else the next beginning. */
    public OffsetDateTime next(OffsetDateTime moment, ZoneId zone) {
        ZonedDateTime there = moment.atZoneSameInstant(zone);
        LocalTime time = there.toLocalTime();
        if (!time.isBefore(from) && time.isBefore(until)) {
            return moment;
        }
        LocalDate day =
                time.isBefore(from) ? there.toLocalDate() : there.toLocalDate().plusDays(1);
        return at(day, from, zone);
    }

    public boolean include(OffsetDateTime moment, ZoneId zone) {
        return next(moment, zone).isEqual(moment);
    }

    /** How much of the time from one moment to another is inside; looks at 400 days at most. */
    public Duration between(OffsetDateTime start, OffsetDateTime end, ZoneId zone) {
        Duration open = Duration.ZERO;
        LocalDate day = start.atZoneSameInstant(zone).toLocalDate();
        for (int i = 0; i < 400 && at(day, LocalTime.MIN, zone).isBefore(end); i++) {
            OffsetDateTime opens = later(at(day, from, zone), start);
            OffsetDateTime closes = earlier(at(day, until, zone), end);
            if (opens.isBefore(closes)) {
                open = open.plus(Duration.between(opens, closes));
            }
            day = day.plusDays(1);
        }
        return open;
    }

    private static OffsetDateTime at(LocalDate day, LocalTime time, ZoneId zone) {
        return ZonedDateTime.of(day, time, zone).toInstant().atOffset(ZoneOffset.UTC);
    }

    private static OffsetDateTime later(OffsetDateTime one, OffsetDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    private static OffsetDateTime earlier(OffsetDateTime one, OffsetDateTime other) {
        return one.isBefore(other) ? one : other;
    }
}
