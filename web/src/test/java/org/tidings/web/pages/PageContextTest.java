package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageContextTest {

    @Test
    void saysTimesInTheReadersZone_MBR23() {
        var page = TestPages.livesIn(ZoneId.of("America/New_York"));
        var midnight = OffsetDateTime.parse("2026-11-23T00:30:00Z");

        assertThat(page.dateTime(midnight)).startsWith("22 November 2026, 19:30 ");
        assertThat(page.date(midnight)).isEqualTo("22 November 2026");
    }

    @Test
    void keepsWhatTheAddressAsksForInTheOtherLanguage_MBR16() {
        var page = TestPages.anonymous(Locale.ENGLISH).asked("to=%2Fme%2Fprofile&lang=en&page=2");

        assertThat(page.inLanguage(Locale.GERMAN)).isEqualTo("?to=%2Fme%2Fprofile&page=2&lang=de");
        assertThat(TestPages.anonymous(Locale.ENGLISH).inLanguage(Locale.GERMAN))
                .isEqualTo("?lang=de");
    }

    /** Without scripts too: the form goes along to the page in the other language, by a button that belongs to it. */
    @Test
    void keepsWhatWasTypedInTheOtherLanguage_MBR16() {
        var page =
                TestPages.render("accounts/reset", Map.of("form", Form.empty().fill("address", "ada@")));

        assertThat(page.select(".languages button[form=typed]").attr("formaction"))
                .isEqualTo("?lang=de");
        assertThat(page.select("form#typed [name=address]").val()).isEqualTo("ada@");
        assertThat(TestPages.render("newsletters/nothing", Map.of()).select(".languages a[href=?lang=de]"))
                .as("no form, no button")
                .hasSize(1);
    }

    @Test
    void beginsTheTitleWithTheOutcome_MBR13() {
        assertThat(TestPages.anonymous(Locale.ENGLISH).titled("Profile")).isEqualTo("Profile");
        assertThat(TestPages.anonymous(Locale.ENGLISH).refused(true).titled("Profile"))
                .isEqualTo("Not done · Profile");
    }
}
