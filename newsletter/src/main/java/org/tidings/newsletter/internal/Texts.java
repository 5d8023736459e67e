package org.tidings.newsletter.internal;

import java.util.Locale;
import java.util.ResourceBundle;

/** This module's words for mails and consent, in English or German; {@code {0}} and on are what is put in. */
final class Texts {

    private static final Locale ENGLISH = Locale.ENGLISH;

    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    static Texts in(Locale language) {
        Locale spoken = spoken(language);
        return new Texts(ResourceBundle.getBundle(
                "org.tidings.newsletter.texts",
                spoken,
                Texts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    /** The language that will be used for this one. */
    static Locale spoken(Locale language) {
        return language.getLanguage().equals(Locale.GERMAN.getLanguage()) ? Locale.GERMAN : ENGLISH;
    }

    String get(String key, String... values) {
        String text = bundle.getString(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i]);
        }
        return text;
    }
}
