package org.tidings.announcements.internal.composing;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes iCalendar (RFC 5545): CRLF, lines folded at 75 octets and never inside a character, TEXT escaped, no METHOD.
 * UID stays for all of a thread, SEQUENCE counts its updates.
 */
public final class Ical {

    private static final int MAX_OCTETS = 75;
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** One appointment. */
    public record Event(
            String uid,
            int sequence,
            OffsetDateTime stamp,
            OffsetDateTime start,
            Optional<OffsetDateTime> end,
            boolean cancelled,
            String summary,
            String description,
            String url) {}

    private final StringBuilder out = new StringBuilder();

    private Ical() {}

    public static String calendar(String productHost, String name, List<Event> events) {
        Ical ical = new Ical();
        ical.line("BEGIN:VCALENDAR");
        ical.line("VERSION:2.0");
        ical.line("PRODID:-//" + text(productHost) + "//Tidings//EN");
        ical.line("CALSCALE:GREGORIAN");
        ical.line("X-WR-CALNAME:" + text(name));
        if (events.isEmpty()) {
            ical.utc();
        }
        events.forEach(ical::event);
        ical.line("END:VCALENDAR");
        return ical.out.toString();
    }

    /** A calendar has one component at least (RFC 5545 section 3.6); this one says nothing. */
    private void utc() {
        line("BEGIN:VTIMEZONE");
        line("TZID:Etc/UTC");
        line("BEGIN:STANDARD");
        line("DTSTART:19700101T000000");
        line("TZOFFSETFROM:+0000");
        line("TZOFFSETTO:+0000");
        line("END:STANDARD");
        line("END:VTIMEZONE");
    }

    private void event(Event event) {
        line("BEGIN:VEVENT");
        line("UID:" + text(event.uid()));
        line("DTSTAMP:" + utc(event.stamp()));
        line("LAST-MODIFIED:" + utc(event.stamp()));
        line("SEQUENCE:" + event.sequence());
        line("DTSTART:" + utc(event.start()));
        event.end().ifPresent(end -> line("DTEND:" + utc(end)));
        line("STATUS:" + (event.cancelled() ? "CANCELLED" : "CONFIRMED"));
        // A window of the service's does not make its readers busy.
        line("TRANSP:TRANSPARENT");
        line("SUMMARY:" + text(event.summary()));
        line("DESCRIPTION:" + text(event.description()));
        line("URL:" + event.url());
        line("END:VEVENT");
    }

    private static String utc(OffsetDateTime at) {
        return UTC.format(at.withOffsetSameInstant(ZoneOffset.UTC));
    }

    public static String text(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\n")
                .replace("\r", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .replace("\n", "\\n");
    }

    private void line(String content) {
        int octets = 0;
        for (int i = 0; i < content.length(); ) {
            int codePoint = content.codePointAt(i);
            String character = Character.toString(codePoint);
            int length = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > MAX_OCTETS) {
                out.append("\r\n ");
                octets = 1;
            }
            out.append(character);
            octets += length;
            i += Character.charCount(codePoint);
        }
        out.append("\r\n");
    }
}
