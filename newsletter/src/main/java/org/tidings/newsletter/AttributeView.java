package org.tidings.newsletter;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.site.Languages;

/**
 * An attribute as it is defined.
 *
 * @param version to be given back when it is changed
 */
public record AttributeView(AttributeId id, AttributeDetails details, long version) {

    public String key() {
        return details.key();
    }

    public AttributeType type() {
        return details.type();
    }

    public String label(Locale language) {
        return words(language).label();
    }

    /** The sentence that says what it is for. */
    public String purpose(Locale language) {
        return words(language).purpose();
    }

    private AttributeWords words(Locale language) {
        return said(details.words(), language).orElse(new AttributeWords(key(), ""));
    }

    /** Labels of the choices by their code, in order. */
    public Map<String, String> choices(Locale language) {
        Map<String, String> choices = new LinkedHashMap<>();
        details.choices()
                .forEach(choice -> choices.put(
                        choice.code(), said(choice.labels(), language).orElse(choice.code())));
        return choices;
    }

    /** In this language, or English, or whatever there is. */
    private static <T> Optional<T> said(Map<Locale, T> words, Locale language) {
        return Optional.ofNullable(words.get(Locale.forLanguageTag(language.getLanguage())))
                .or(() -> Optional.ofNullable(words.get(Languages.FALLBACK)))
                .or(() -> words.values().stream().findFirst());
    }

    public boolean seenBy(AttributeParty party) {
        return details.seenBy().contains(party) || details.changedBy().contains(party);
    }

    public boolean changedBy(AttributeParty party) {
        return details.changedBy().contains(party);
    }

    /**
     * The value as it is kept: {@code 2026-11-30}, {@code 12.5}, {@code yes}, a choice's code.
     *
     * @param typed not blank
     * @throws AttributeValueRejected saying why it is none
     */
    public String read(String typed) {
        return type().read(typed, details.choices());
    }
}
