package org.tidings.newsletter.internal;

import java.util.Locale;
import java.util.ResourceBundle;
import org.tidings.site.Languages;

/** This module's words for mails and consent, in one of the site's languages; {@code {0}} and on are what is put in. */
final class Texts {

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
        return Languages.spokenTo(language);
    }

    String get(String key, String... values) {
        String text = bundle.getString(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i]);
        }
        return text;
    }
}
