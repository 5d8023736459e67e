package org.tidings.announcements.internal;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.tidings.announcements.Window;

/** Windows in words, in the chosen zone and in UTC. */
final class Times {

    private final Texts texts;
    private final DateTimeFormatter day;
    private final DateTimeFormatter clock;

    Times(Texts texts) {
        this.texts = texts;
        this.day = DateTimeFormatter.ofPattern(texts.text("pattern.day"), texts.language());
        this.clock = DateTimeFormatter.ofPattern("HH:mm", texts.language());
    }

    String local(Window window) {
        ZonedDateTime start = window.localStart();
        return texts.text(
                "when.zoned", span(start, window.localEnd()), window.zone().getId(), offset(start));
    }

    String utc(Window window) {
        return texts.text(
                "when.utc",
                span(
                        window.start().atZoneSameInstant(ZoneOffset.UTC),
                        window.end().map(end -> end.atZoneSameInstant(ZoneOffset.UTC))));
    }

    String date(LocalDate date) {
        return day.format(date);
    }

    private String span(ZonedDateTime start, Optional<ZonedDateTime> end) {
        String from = texts.text("when.moment", day.format(start), clock.format(start));
        if (end.isEmpty()) {
            return texts.text("when.from", from);
        }
        ZonedDateTime until = end.get();
        boolean sameDay = until.toLocalDate().equals(start.toLocalDate());
        return texts.text(
                "when.span",
                from,
                sameDay ? clock.format(until) : texts.text("when.moment", day.format(until), clock.format(until)));
    }

    private static String offset(ZonedDateTime at) {
        return at.getOffset().equals(ZoneOffset.UTC)
                ? ""
                : ", UTC" + at.getOffset().getId();
    }
}
