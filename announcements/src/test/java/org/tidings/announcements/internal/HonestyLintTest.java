package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Finding.Rule;
import org.tidings.announcements.Slot;

/** M04, M06: nothing promotional passes unseen. */
class HonestyLintTest {

    private final HonestyLint lint = new HonestyLint(World.SETTINGS.links());

    @Test
    void findsNothingInAnHonestNotice() {
        assertThat(lint.findings(ContentBuilder.aMaintenance().inGerman().build()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Now 20 % off | PRICE",
                "Only $9.99 | PRICE",
                "For 5 Euro a month | PRICE",
                "Get it free | PROMOTIONAL_WORD",
                "get it ｆｒｅｅ | PROMOTIONAL_WORD",
                "A new plan for you | PROMOTIONAL_WORD",
                "Don't miss it | PROMOTIONAL_WORD",
                "UPGRADE today | PROMOTIONAL_WORD",
                "Jetzt mit Rabatt | PROMOTIONAL_WORD",
                "Our best service | SUPERLATIVE",
                "Der schnellste Dienst | SUPERLATIVE",
                "Look here! | EXCLAMATION_MARK",
                "We are done 🎉 | EMOJI",
                "https://example.org/pricing | SHOP_LINK",
                "https://example.org/x?utm_source=mail | TRACKING_LINK",
                "https://evil.example/ | FOREIGN_LINK",
                "www.evil.example | FOREIGN_LINK",
                "https://example.org@evil.example/ | FOREIGN_LINK",
                "javascript://example.org/%0aalert(1) | FOREIGN_LINK"
            })
    void finds(String text, Rule rule) {
        assertThat(in(text)).extracting(Finding::rule).contains(rule);
    }

    @Test
    void findsAWordHiddenByAnInvisibleCharacter() {
        assertThat(in("f\u200bree")).extracting(Finding::rule).containsExactly(Rule.PROMOTIONAL_WORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "See https://example.org/announcements.",
                "See https://status.example.net/now for more",
                "We will be back within 90 minutes",
                "Bitte speichern Sie vorher.",
                "A freeway and a window"
            })
    void letsPass(String text) {
        assertThat(in(text)).isEmpty();
    }

    @Test
    void findsMoreThanTwoLinksInOneLanguage() {
        assertThat(in("https://example.org/a https://example.org/b https://example.org/c"))
                .extracting(Finding::rule)
                .containsExactly(Rule.MANY_LINKS);
    }

    @Test
    void looksAtEveryLanguageAndSlot() {
        assertThat(lint.findings(ContentBuilder.aMaintenance()
                        .inGerman()
                        .with(Locale.GERMAN, Slot.HEADLINE, "Unser Angebot für Sie")
                        .build()))
                .extracting(Finding::key)
                .containsExactly("de.headline.PROMOTIONAL_WORD.angebot");
    }

    private List<Finding> in(String text) {
        return lint.findings(ContentBuilder.aMaintenance().with(Slot.WHAT, text).build());
    }
}
