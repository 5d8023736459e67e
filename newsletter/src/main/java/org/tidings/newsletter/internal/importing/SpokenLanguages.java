package org.tidings.newsletter.internal.importing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidings.site.Languages;

/** Languages as lists write them: {@code de}, {@code pt_BR}, {@code de_DE.UTF-8}, {@code fil}, {@code deu}, {@code German}, {@code Deutsch}, {@code allemand}. */
final class SpokenLanguages {

    private static final Map<String, String> NAMES = new HashMap<>();
    private static final Map<String, String> CODES = new HashMap<>();
    /** ISO 639-2 has two codes for some. */
    private static final String ALSO =
            "ger de fre fr dut nl chi zh cze cs gre el ice is rum ro slo sk alb sq arm hy baq eu bur my geo ka mac mk mao mi may ms per fa"
                    + " tib bo wel cy";

    static {
        for (String code : Locale.getISOLanguages()) {
            Locale language = Locale.forLanguageTag(code);
            CODES.put(code, language.getLanguage());
            CODES.put(language.getISO3Language(), language.getLanguage());
            Stream.concat(Languages.ALL.stream(), Stream.of(language))
                    .forEach(in -> NAMES.putIfAbsent(
                            StatusWords.plain(language.getDisplayLanguage(in)), language.getLanguage()));
        }
        String[] also = ALSO.split(" ", -1);
        for (int i = 0; i < also.length; i += 2) {
            CODES.put(also[i], also[i + 1]);
        }
    }

    private SpokenLanguages() {}

    /** The language's code without region and script; {@code und} if none is said; empty if it is no language. */
    static Optional<String> of(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Optional.of("und");
        }
        String tag = text.replaceFirst("[.@].*$", "").replace('_', '-').toLowerCase(Locale.ROOT);
        String code = tag.contains("-") ? tag.substring(0, tag.indexOf('-')) : tag;
        if (code.equals("und")) {
            return Optional.of("und");
        }
        String known = CODES.get(code);
        if (known != null) {
            return Optional.of(known);
        }
        String named = NAMES.get(StatusWords.plain(text.replaceFirst("\\(.*$", "")));
        if (named != null) {
            return Optional.of(named);
        }
        // Three letters that have no two, such as Filipino: the Java that runs knows its name.
        boolean threeLetters = code.matches("[a-z]{3}")
                && !Locale.forLanguageTag(code)
                        .getDisplayLanguage(Locale.ENGLISH)
                        .equalsIgnoreCase(code);
        return threeLetters ? Optional.of(code) : Optional.empty();
    }
}
