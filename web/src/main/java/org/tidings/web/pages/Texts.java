package org.tidings.web.pages;

import com.ibm.icu.text.MessageFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of the pages. A key begins with its area, which is the bundle's name: {@code accounts.register.title} is in
 * {@code messages/accounts_en.properties}. UTF-8; ICU message format when there are arguments, so plurals are
 * {@code {0, plural, one {# issue} other {# issues}}} and apostrophes are written as they are.
 */
@ApplicationScoped
public class Texts {
    private final ConcurrentHashMap<String, Properties> bundles = new ConcurrentHashMap<>();

    /** The text, or the key itself if there is none; a test sees to it that there is. */
    public String text(Locale language, String key, Object... arguments) {
        var pattern = pattern(language, key);
        if (pattern == null) {
            return key;
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, language).format(arguments);
    }

    public boolean has(String key) {
        return pattern(Locale.ENGLISH, key) != null;
    }

    private @Nullable String pattern(Locale language, String key) {
        int dot = key.indexOf('.');
        if (dot <= 0) {
            return null;
        }
        var area = key.substring(0, dot);
        var pattern = bundle(area, language.getLanguage()).getProperty(key);
        return pattern != null ? pattern : bundle(area, "en").getProperty(key);
    }

    private Properties bundle(String area, String language) {
        return bundles.computeIfAbsent(area + "_" + language, Texts::read);
    }

    private static Properties read(String name) {
        var texts = new Properties();
        try (var in = Texts.class.getResourceAsStream("/org/tidings/web/messages/" + name + ".properties")) {
            if (in != null) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
