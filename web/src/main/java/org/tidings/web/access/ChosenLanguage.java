package org.tidings.web.access;

import java.util.Locale;
import java.util.Optional;
import org.tidings.site.Languages;

/** In which language somebody is answered. */
public final class ChosenLanguage {
    /** Query parameter by which a link chooses the language. */
    public static final String PARAMETER = "lang";

    private static final int LONGEST_HEADER_CHARS = 500;

    private ChosenLanguage() {}

    /** The first that is there, of: asked for by this link, chosen in this browser (since she signed in), the person's, its preferences. */
    static Locale choose(
            Optional<Locale> link, Optional<Locale> persons, Optional<String> cookie, Optional<String> accepts) {
        return link.or(() -> cookie.flatMap(Languages::offered))
                .or(() -> persons.flatMap(l -> Languages.offered(l.getLanguage())))
                .or(() -> accepts.flatMap(ChosenLanguage::preferred))
                .orElse(Languages.FALLBACK);
    }

    /** The best of an {@code Accept-Language} header (RFC 9110 section 12.5.4). */
    public static Optional<Locale> preferred(String acceptLanguage) {
        if (acceptLanguage.length() > LONGEST_HEADER_CHARS) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), Languages.ALL));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
