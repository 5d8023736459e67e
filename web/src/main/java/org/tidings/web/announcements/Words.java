package org.tidings.web.announcements;

import gg.jte.Content;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.announcements.Window;
import org.tidings.web.pages.PageContext;

/** Windows, names and plain texts as templates show them. */
public final class Words {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)\\]'’”]");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private Words() {}

    /** {@code PRIVACY_POLICY} as {@code privacy-policy}. */
    public static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The window in its own zone, {@code 29 November 2026, 22:00 to 23:30 (Europe/Berlin)}. */
    public static String when(PageContext page, Window window) {
        return page.t(
                "announcements.when.zoned",
                span(page, window.localStart(), window.localEnd()),
                window.zone().getId());
    }

    public static String whenUtc(PageContext page, Window window) {
        return page.t(
                "announcements.when.zoned",
                span(
                        page,
                        window.start().atZoneSameInstant(ZoneOffset.UTC),
                        window.end().map(end -> end.atZoneSameInstant(ZoneOffset.UTC))),
                "UTC");
    }

    private static String span(PageContext page, ZonedDateTime start, Optional<ZonedDateTime> end) {
        String from = page.date(start.toLocalDate()) + ", " + CLOCK.format(start);
        if (end.isEmpty()) {
            return page.t("announcements.when.from", from);
        }
        ZonedDateTime until = end.get();
        boolean sameDay = until.toLocalDate().equals(start.toLocalDate());
        return page.t(
                "announcements.when.span",
                from,
                sameDay ? CLOCK.format(until) : page.date(until.toLocalDate()) + ", " + CLOCK.format(until));
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
