package org.tidings.site;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The languages that the product speaks: pages, mails, feeds, the guard on what staff write, the shipped policy. Each has all words, or a
 * test fails. The first is read by who has none of them. What staff write themselves is there in the {@link WrittenLanguages}.
 */
public final class Languages {

    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);
    public static final Locale FALLBACK = ALL.get(0);

    private Languages() {}

    /** The language of this tag ({@code de}), if texts are there in it. */
    public static Optional<Locale> offered(String tag) {
        return ALL.stream()
                .filter(language -> language.getLanguage().equals(tag))
                .findFirst();
    }

    /** The one in which somebody of this language is written to; her country does not matter. */
    public static Locale spokenTo(Locale wished) {
        return offered(wished.getLanguage()).orElse(FALLBACK);
    }

    /** How dates are written in this language: in English the way that cannot be misread. */
    public static Locale ofDates(Locale language) {
        return language.getLanguage().equals("en") ? Locale.UK : language;
    }
}
