package org.tidings.web.accounts;

import gg.jte.Content;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tidings.mail.TimeZones;
import org.tidings.web.pages.PageContext;
import org.tidings.web.pages.Zones;

/**
 * The copy of what is stored about a person in words of her language (MBR-12). What modules give are stable keys and codes, for programs;
 * here they become labels, dates and words.
 */
public final class CopyWords {

    /** Where the words of codes are, by the key under which they stand; the first that has the word says it. */
    private static final Map<String, List<String>> AREAS = Map.of(
            "state",
                    List.of(
                            "accounts.state.",
                            "subscribers.state.",
                            "issues.delivery.",
                            "accounts.erasures.state.",
                            "accounts.copy.state."),
            "what", List.of("accounts.mail.", "accounts.readings.what.", "accounts.copy.mail."),
            "act", List.of("newsletters.act."),
            "means", List.of("newsletters.means."),
            "endedBy", List.of("newsletters.means."),
            "origin", List.of("newsletters.known.origin."),
            "scopes", List.of("accounts.scope."),
            "staffRoles", List.of("accounts.role."));

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]+");

    private CopyWords() {}

    /** The style sheet, in the file itself: it is read from a disk, where none of the site can be had. */
    public static Content look(PageContext page) {
        String look = "<style>\n" + page.assetText("copy.css") + "</style>";
        return output -> output.writeContent(look);
    }

    /** {@code openedAt} as {@code Opened}; a key without words of its own as its parts. */
    public static String label(PageContext page, String key) {
        String words = page.t("accounts.copy.label." + kebab(key));
        return words.startsWith("accounts.copy.label.") ? kebab(key).replace('-', ' ') : words;
    }

    /** One value that is neither a map nor a list. */
    public static String value(PageContext page, String key, Object value) {
        if (value instanceof Boolean yes) {
            return page.t(yes ? "accounts.copy.yes" : "accounts.copy.no");
        }
        String text = String.valueOf(value);
        if (text.isEmpty()) {
            return "–";
        }
        return switch (key) {
            case "language" -> Locale.forLanguageTag(text).getDisplayLanguage(page.locale());
            case "timeZone" ->
                TimeZones.known(text).map(zone -> Zones.words(page, zone)).orElse(text);
            default -> {
                String coded = coded(page, key, text);
                yield coded.isEmpty() ? timeOr(page, text) : coded;
            }
        };
    }

    private static String coded(PageContext page, String key, String text) {
        for (String area : AREAS.getOrDefault(key, List.of())) {
            for (String code : List.of(text, text.toLowerCase(Locale.ROOT), kebab(text.toLowerCase(Locale.ROOT)))) {
                String words = page.t(area + code);
                if (!words.equals(area + code)) {
                    return words;
                }
            }
        }
        // A code without a word of its own is still no shouting.
        return AREAS.containsKey(key) && CODE.matcher(text).matches()
                ? text.toLowerCase(Locale.ROOT).replace('_', ' ')
                : "";
    }

    private static String timeOr(PageContext page, String text) {
        try {
            return page.dateTime(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** Whether a list is a table: of maps, none of which has a map or a list of more in it. */
    public static boolean isTable(List<?> list) {
        return !list.isEmpty() && list.stream().allMatch(Map.class::isInstance);
    }

    /** The columns of a table, in the order in which they come up. */
    public static List<String> columns(List<?> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> ((Map<?, ?>) row).keySet().forEach(key -> columns.add(String.valueOf(key))));
        return List.copyOf(columns);
    }

    /** What stands in one cell; a list there by its values. */
    public static String cell(PageContext page, String key, Object value) {
        if (value instanceof Collection<?> several) {
            List<String> all = new ArrayList<>();
            several.forEach(one -> all.add(value(page, key, one)));
            return all.isEmpty() ? "–" : String.join(", ", all);
        }
        return value == null ? "–" : value(page, key, value);
    }

    private static String kebab(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
