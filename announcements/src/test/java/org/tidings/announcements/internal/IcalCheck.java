package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** RFC 5545 as strictly as what is written here needs it. */
final class IcalCheck {
    private static final Pattern CONTENT_LINE = Pattern.compile("[A-Z-]+(?:;[^:]*)?:[^\\p{Cntrl}]*");
    private static final Pattern UTC = Pattern.compile("\\d{8}T\\d{6}Z");

    private IcalCheck() {}

    static void assertStrictlyValid(String calendar) {
        assertThat(calendar).endsWith("\r\n");
        assertThat(calendar.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        for (String line : calendar.split("\r\n", -1)) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).as(line).isLessThanOrEqualTo(75);
        }
        List<String> lines = List.of(calendar.strip().replace("\r\n ", "").split("\r\n", -1));
        assertThat(lines).allMatch(line -> CONTENT_LINE.matcher(line).matches());
        assertThat(lines.get(0)).isEqualTo("BEGIN:VCALENDAR");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("END:VCALENDAR");
        assertThat(lines).contains("VERSION:2.0").noneMatch(line -> line.startsWith("METHOD"));
        assertThat(lines.stream().filter(line -> line.startsWith("PRODID:"))).hasSize(1);
        assertThat(lines).as("at least one component").anyMatch(line -> line.matches("BEGIN:V(EVENT|TIMEZONE)"));
        List<String> event = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.equals("BEGIN:VEVENT")) {
                assertThat(inside).isFalse();
                inside = true;
                event.clear();
            } else if (line.equals("END:VEVENT")) {
                inside = false;
                assertEvent(event);
            } else if (inside) {
                event.add(line);
            }
        }
    }

    private static void assertEvent(List<String> event) {
        for (String once : List.of("UID:", "DTSTAMP:", "DTSTART:", "SEQUENCE:", "STATUS:", "SUMMARY:")) {
            assertThat(event.stream().filter(line -> line.startsWith(once)))
                    .as(once)
                    .hasSize(1);
        }
        String start = value(event, "DTSTART:");
        assertThat(start).matches(UTC);
        assertThat(value(event, "DTSTAMP:")).matches(UTC);
        event.stream()
                .filter(line -> line.startsWith("DTEND:"))
                .forEach(end -> assertThat(end.substring(6)).matches(UTC).isGreaterThan(start));
        assertThat(value(event, "SUMMARY:")).doesNotContainPattern("(?<!\\\\)[;,]");
    }

    private static String value(List<String> event, String name) {
        return event.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow()
                .substring(name.length());
    }
}
