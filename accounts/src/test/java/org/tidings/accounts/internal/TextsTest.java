package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tidings.site.Languages;

class TextsTest {

    @Test
    void everyLanguageHasEveryTextAndSlot() throws IOException {
        Properties english = read("mails_en");
        for (Locale language : Languages.ALL) {
            Properties other = read("mails_" + language.getLanguage());
            assertThat(other.keySet()).as("%s", language).isEqualTo(english.keySet());
            english.forEach((key, text) -> assertThat(slots(other.getProperty((String) key)))
                    .as("%s %s", language, key)
                    .containsExactlyInAnyOrderElementsOf(slots((String) text)));
        }
    }

    @Test
    void fallbackIsEnglish() {
        assertThat(Mails.words(Locale.ITALIAN).getString("role.EDITOR")).isEqualTo("editor");
        assertThat(Mails.words(Locale.CANADA_FRENCH).getString("role.EDITOR")).isEqualTo("rédaction");
        assertThat(Mails.words(Locale.GERMANY).getString("role.EDITOR")).isEqualTo("Redaktion");
    }

    private static List<String> slots(String text) {
        return Pattern.compile("\\{\\{(\\w+)}}")
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
    }

    private static Properties read(String bundle) throws IOException {
        try (InputStream file = Objects.requireNonNull(
                TextsTest.class.getResourceAsStream("/org/tidings/accounts/" + bundle + ".properties"))) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return texts;
        }
    }
}
