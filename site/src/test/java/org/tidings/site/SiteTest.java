package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://News.example", "https://News.example/", "https://News.example//"})
    void hasOneAddressHoweverItIsWritten(String configured) {
        Site site = new Site(configured, "News");

        assertThat(site.url("/me")).isEqualTo("https://News.example/me");
        assertThat(site.host()).isEqualTo("news.example");
        assertThat(site.privacyAddress()).isEqualTo("privacy@news.example");
    }

    @Test
    void saysWhatWasConfigured() {
        Site site = new Site("https://a.example", "A", Optional.of("Europe/Berlin"), Optional.of("dpo@b.example"));

        assertThat(site.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(site.privacyAddress()).isEqualTo("dpo@b.example");
    }

    @ParameterizedTest
    @CsvSource({"de, de", "de-AT, de", "en-GB, en", "it, en", "und, en"})
    void speaksALanguageThatItHas(String wished, String spoken) {
        assertThat(Languages.spokenTo(Locale.forLanguageTag(wished)).getLanguage())
                .isEqualTo(spoken);
    }

    @Test
    void nowIsWhatADatabaseKeeps() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-30T10:00:00.123456789Z"), ZoneOffset.UTC);

        assertThat(Now.by(clock)).isEqualTo("2026-11-30T10:00:00.123456Z");
        assertThat(new Now(clock).get()).isEqualTo(Now.by(clock));
    }
}
