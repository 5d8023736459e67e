package org.tidings.announcements.internal.words;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.tidings.site.Languages;

/** The module's own words, in one of the site's languages; English for any other. */
public record Texts(Locale language, ResourceBundle bundle) {

    public static Texts in(Locale wanted) {
        Locale language = Languages.spokenTo(wanted);
        return new Texts(
                language,
                ResourceBundle.getBundle("org.tidings.announcements.mails", language, Texts.class.getClassLoader()));
    }

    public Optional<String> ifThere(String key) {
        return bundle.containsKey(key) ? Optional.of(text(key)) : Optional.empty();
    }

    public String text(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), language).format(values);
    }
}
