package org.tidings.web.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that all texts are there in. */
public final class Languages {
    /** Query parameter by which a link chooses the language. */
    public static final String PARAMETER = "lang";

    public static final Locale FALLBACK = Locale.ENGLISH;
    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final int LONGEST_HEADER_CHARS = 500;

    private Languages() {}

    /** The first that is there, of: asked for by this link, chosen in this browser (since she signed in), the person's, its preferences. */
    static Locale choose(
            Optional<Locale> link, Optional<Locale> persons, Optional<String> cookie, Optional<String> accepts) {
        return link.or(() -> cookie.flatMap(Languages::offered))
                .or(() -> persons.flatMap(l -> offered(l.getLanguage())))
                .or(() -> accepts.flatMap(Languages::preferred))
                .orElse(FALLBACK);
    }

    /** The language of this tag ({@code de}), if texts are there in it. */
    public static Optional<Locale> offered(String tag) {
        return ALL.stream().filter(l -> l.getLanguage().equals(tag)).findFirst();
    }

    /** The best of an {@code Accept-Language} header (RFC 9110 section 12.5.4). */
    public static Optional<Locale> preferred(String acceptLanguage) {
        if (acceptLanguage.length() > LONGEST_HEADER_CHARS) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), ALL));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
