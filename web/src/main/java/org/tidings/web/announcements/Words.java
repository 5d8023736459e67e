package org.tidings.web.announcements;

import gg.jte.Content;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.announcements.Window;
import org.tidings.web.pages.PageContext;

/** Windows, names and plain texts as templates show them. */
public final class Words {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)\\]'’”]");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter CLOCK_TO_THE_SECOND = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Words() {}

    /** {@code PRIVACY_POLICY} as {@code privacy-policy}. */
    public static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The window as the reader's clock shows it, if she said where she lives; else in its own zone. */
    public static String when(PageContext page, Window window) {
        return whens(page, window).get(0);
    }

    /** The window by every clock that matters, the reader's own first, UTC last; each with how long it lasts. */
    public static List<String> whens(PageContext page, Window window) {
        List<String> lines = new ArrayList<>();
        Optional<ZoneId> own = page.ownZone().filter(zone -> !sameClock(zone, window));
        own.ifPresent(zone -> lines.add(lasting(
                page,
                zoned(
                        page,
                        new Window(window.start(), window.end(), zone),
                        page.t("announcements.when.own", zone.getId())),
                window)));
        lines.add(lasting(page, zoned(page, window, window.zone().getId()), window));
        if (!window.inUtc()
                && own.map(zone -> !zone.normalized().equals(ZoneOffset.UTC)).orElse(true)) {
            lines.add(page.t("announcements.when.zoned", span(page, in(window, ZoneOffset.UTC), false), "UTC"));
        }
        return lines;
    }

    /** {@code 29 November 2026, 23:30 (Europe/Berlin, UTC+01:00)}, when it was to be over. */
    public static String end(PageContext page, Window window) {
        return window.localEnd()
                .map(end -> page.t(
                        "announcements.when.zoned",
                        moment(page, end, false),
                        named(window.zone(), end, window.zone().getId())))
                .orElse("");
    }

    private static boolean sameClock(ZoneId zone, Window window) {
        return in(window, zone)
                        .localStart()
                        .getOffset()
                        .equals(window.localStart().getOffset())
                && in(window, zone)
                        .localEnd()
                        .map(ZonedDateTime::getOffset)
                        .equals(window.localEnd().map(ZonedDateTime::getOffset));
    }

    private static Window in(Window window, ZoneId zone) {
        return new Window(window.start(), window.end(), zone);
    }

    /** Where the clocks are changed meanwhile, both offsets stand beside their times. */
    private static String zoned(PageContext page, Window window, String name) {
        boolean clocksChange = window.localEnd()
                .map(end -> !end.getOffset().equals(window.localStart().getOffset()))
                .orElse(false);
        return page.t(
                "announcements.when.zoned",
                span(page, window, clocksChange),
                clocksChange ? name : named(window.zone(), window.localStart(), name));
    }

    private static String named(ZoneId zone, ZonedDateTime at, String name) {
        if (zone.normalized().equals(ZoneOffset.UTC)) {
            return name.equals(zone.getId()) ? "UTC" : name;
        }
        return zone instanceof ZoneOffset ? offset(at) : name + ", " + offset(at);
    }

    private static String lasting(PageContext page, String said, Window window) {
        return window.duration()
                .map(duration -> page.t("announcements.when.lasting", said, duration(page, duration)))
                .orElse(said);
    }

    private static String duration(PageContext page, Duration duration) {
        List<String> parts = new ArrayList<>();
        part(parts, duration.toDays(), n -> page.t("announcements.duration.days", n));
        part(parts, duration.toHoursPart(), n -> page.t("announcements.duration.hours", n));
        part(parts, duration.toMinutesPart(), n -> page.t("announcements.duration.minutes", n));
        part(parts, duration.toSecondsPart(), n -> page.t("announcements.duration.seconds", n));
        return String.join(" ", parts);
    }

    private static void part(List<String> parts, long number, LongFunction<String> words) {
        if (number > 0) {
            parts.add(words.apply(number));
        }
    }

    private static String span(PageContext page, Window window, boolean offsets) {
        ZonedDateTime start = window.localStart();
        String from = moment(page, start, offsets);
        if (window.end().isEmpty()) {
            return page.t("announcements.when.from", from);
        }
        ZonedDateTime until = window.localEnd().orElse(start);
        boolean sameDay = until.toLocalDate().equals(start.toLocalDate());
        return page.t("announcements.when.span", from, sameDay ? clock(until, offsets) : moment(page, until, offsets));
    }

    private static String moment(PageContext page, ZonedDateTime at, boolean offset) {
        return page.date(at.toLocalDate()) + ", " + clock(at, offset);
    }

    private static String clock(ZonedDateTime at, boolean offset) {
        return (at.getSecond() == 0 ? CLOCK : CLOCK_TO_THE_SECOND).format(at) + (offset ? " " + offset(at) : "");
    }

    private static String offset(ZonedDateTime at) {
        return offset(at.getOffset().getId());
    }

    /** {@code UTC+02:00}. */
    public static String offset(String id) {
        return "UTC" + (id.equals("Z") ? "+00:00" : id);
    }

    /** Plain text as paragraphs, with links where there are addresses; everything else is escaped. */
    public static Content paragraphs(String text) {
        StringBuilder html = new StringBuilder();
        for (String paragraph : text.strip().split("\n\\s*\n", -1)) {
            html.append("<p>").append(linked(paragraph.strip())).append("</p>");
        }
        return out -> out.writeContent(html.toString());
    }

    private static String linked(String text) {
        StringBuilder html = new StringBuilder();
        Matcher matcher = LINK.matcher(text);
        int last = 0;
        while (matcher.find()) {
            String link = escape(matcher.group());
            html.append(escape(text.substring(last, matcher.start())))
                    .append("<a href=\"")
                    .append(link)
                    .append("\">")
                    .append(link)
                    .append("</a>");
            last = matcher.end();
        }
        return html.append(escape(text.substring(last))).toString().replace("\n", "<br>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }

    /** HTML that the module has cleaned. */
    public static Content clean(String html) {
        return out -> out.writeContent(html);
    }
}
