package org.tidings.announcements.internal.words;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidings.announcements.Window;

/**
 * Windows in words, in the chosen zone and in UTC, always with how long they last. Where the clocks are changed meanwhile both offsets
 * are said: the figures alone would be an hour wrong.
 */
public final class Times {

    private final Texts texts;
    private final DateTimeFormatter day;
    private final DateTimeFormatter minutes;
    private final DateTimeFormatter seconds;

    public Times(Texts texts) {
        this.texts = texts;
        this.day = DateTimeFormatter.ofPattern(texts.text("pattern.day"), texts.language());
        this.minutes = DateTimeFormatter.ofPattern("HH:mm", texts.language());
        this.seconds = DateTimeFormatter.ofPattern("HH:mm:ss", texts.language());
    }

    public String local(Window window) {
        ZonedDateTime start = window.localStart();
        Optional<ZonedDateTime> end = window.localEnd();
        boolean clocksChange =
                end.map(at -> !at.getOffset().equals(start.getOffset())).orElse(false);
        String said = clocksChange
                ? texts.text("when.zone", span(start, end, true), window.zone().getId())
                : zoned(span(start, end, false), start, window.zone());
        return lasting(said, window);
    }

    public String utc(Window window) {
        return texts.text(
                "when.utc",
                span(
                        window.start().atZoneSameInstant(ZoneOffset.UTC),
                        window.end().map(end -> end.atZoneSameInstant(ZoneOffset.UTC)),
                        false));
    }

    /** That the end is past and nobody has said that it is over. */
    public String unconfirmed(Window window) {
        return window.localEnd()
                .map(end -> texts.text("when.unconfirmed", zoned(moment(end, false), end, window.zone())))
                .orElse("");
    }

    /** In UTC. */
    public String moment(OffsetDateTime at) {
        ZonedDateTime utc = at.atZoneSameInstant(ZoneOffset.UTC);
        return texts.text("when.utc", texts.text("when.moment", day.format(utc), minutes.format(utc)));
    }

    public String date(LocalDate date) {
        return day.format(date);
    }

    private String lasting(String said, Window window) {
        return window.duration()
                .map(duration -> texts.text("when.lasting", said, words(duration)))
                .orElse(said);
    }

    private String words(Duration duration) {
        List<String> parts = new ArrayList<>();
        part(parts, "duration.days", duration.toDays());
        part(parts, "duration.hours", duration.toHoursPart());
        part(parts, "duration.minutes", duration.toMinutesPart());
        part(parts, "duration.seconds", duration.toSecondsPart());
        return String.join(" ", parts);
    }

    private void part(List<String> parts, String key, long number) {
        if (number > 0) {
            parts.add(texts.text(key, number));
        }
    }

    private String span(ZonedDateTime start, Optional<ZonedDateTime> end, boolean offsets) {
        String from = moment(start, offsets);
        if (end.isEmpty()) {
            return texts.text("when.from", from);
        }
        ZonedDateTime until = end.get();
        boolean sameDay = until.toLocalDate().equals(start.toLocalDate());
        return texts.text("when.span", from, sameDay ? clock(until, offsets) : moment(until, offsets));
    }

    private String moment(ZonedDateTime at, boolean offset) {
        return offset
                ? texts.text("when.moment.offset", day.format(at), figures(at), offset(at))
                : texts.text("when.moment", day.format(at), figures(at));
    }

    private String clock(ZonedDateTime at, boolean offset) {
        return offset ? texts.text("when.clock.offset", figures(at), offset(at)) : figures(at);
    }

    private String figures(ZonedDateTime at) {
        return (at.getSecond() == 0 ? minutes : seconds).format(at);
    }

    private String zoned(String said, ZonedDateTime at, ZoneId zone) {
        if (zone instanceof ZoneOffset || zone.normalized().equals(ZoneOffset.UTC)) {
            return texts.text("when.zone", said, zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : offset(at));
        }
        return texts.text("when.zoned", said, zone.getId(), offset(at));
    }

    private static String offset(ZonedDateTime at) {
        return "UTC"
                + (at.getOffset().equals(ZoneOffset.UTC)
                        ? "+00:00"
                        : at.getOffset().getId());
    }
}
