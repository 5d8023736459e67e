package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChosenLanguageTest {
    private static final Optional<String> NO_TEXT = Optional.empty();
    private static final Optional<Locale> NOBODY = Optional.empty();

    @Test
    void prefersTheLinkThenTheCookieThenThePersonThenTheBrowser() {
        var german = Optional.of(Locale.GERMAN);
        assertThat(ChosenLanguage.choose(german, Optional.of(Locale.ENGLISH), Optional.of("en"), Optional.of("en")))
                .isEqualTo(Locale.GERMAN);
        assertThat(ChosenLanguage.choose(NOBODY, Optional.of(Locale.ENGLISH), Optional.of("de"), Optional.of("en")))
                .isEqualTo(Locale.GERMAN);
        assertThat(ChosenLanguage.choose(NOBODY, german, NO_TEXT, Optional.of("en")))
                .isEqualTo(Locale.GERMAN);
        assertThat(ChosenLanguage.choose(NOBODY, NOBODY, NO_TEXT, Optional.of("it, de-AT;q=0.8, en;q=0.5")))
                .isEqualTo(Locale.GERMAN);
    }

    @Test
    void speaksFrenchInEveryCountry() {
        assertThat(ChosenLanguage.choose(NOBODY, NOBODY, NO_TEXT, Optional.of("fr-CA, en;q=0.5")))
                .isEqualTo(Locale.FRENCH);
        assertThat(ChosenLanguage.choose(NOBODY, Optional.of(Locale.CANADA_FRENCH), NO_TEXT, NO_TEXT))
                .isEqualTo(Locale.FRENCH);
    }

    @Test
    void fallsBackToEnglish() {
        assertThat(ChosenLanguage.choose(NOBODY, NOBODY, NO_TEXT, NO_TEXT)).isEqualTo(Locale.ENGLISH);
        assertThat(ChosenLanguage.choose(NOBODY, Optional.of(Locale.ITALIAN), Optional.of("x"), Optional.of("it")))
                .isEqualTo(Locale.ENGLISH);
        assertThat(ChosenLanguage.choose(NOBODY, NOBODY, NO_TEXT, Optional.of(";;q=,")))
                .isEqualTo(Locale.ENGLISH);
        assertThat(ChosenLanguage.choose(NOBODY, NOBODY, NO_TEXT, Optional.of("de,".repeat(10_000))))
                .isEqualTo(Locale.ENGLISH);
    }
}
