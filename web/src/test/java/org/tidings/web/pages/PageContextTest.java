package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.Role;

class PageContextTest {

    /** A file, which cannot come along, and pages on which nothing is written or chosen. */
    private static final List<String> DO_NOT_KEEP =
            List.of("imports/begin.jte", "imports/ready.jte", "imports/report.jte");

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

    /** Where the answer to a form stands at an address that can only be sent to, the language leads to where the form is. */
    @Test
    void keepsWhatStaffTypedInTheOtherLanguage_MBR16() {
        var page = TestPages.render(
                "accounts/people",
                Map.of("form", Form.empty().fill("address", "ada@"), "members", List.of(), "invitations", List.of()),
                TestPages.signedIn(Locale.ENGLISH, Role.ADMINISTRATOR));

        assertThat(page.select(".languages button[form=typed]").attr("formaction"))
                .isEqualTo("/staff/people?lang=de");
        assertThat(page.select("form#typed [name=address]").val()).isEqualTo("ada@");
        var context = TestPages.anonymous(Locale.ENGLISH);
        context.keepsTyped("/staff/announcements/new?type=incident");
        assertThat(context.typedInLanguage(Locale.FRENCH)).isEqualTo("/staff/announcements/new?type=incident&lang=fr");
    }

    /** Every form of staff that is written in, so that a new one is not forgotten; a file cannot come along. */
    @Test
    void everyFormThatIsWrittenInKeepsWhatWasTyped_MBR16() throws IOException {
        try (Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
            assertThat(templates
                            .filter(Files::isRegularFile)
                            .filter(template -> DO_NOT_KEEP.stream().noneMatch(template::endsWith))
                            .filter(PageContextTest::isWrittenIn))
                    .allSatisfy(
                            template -> assertThat(Files.readString(template)).contains("typed = "));
        }
    }

    private static boolean isWrittenIn(Path template) {
        try {
            String text = Files.readString(template);
            return text.contains("@template.layout.staff") && text.contains("@template.form.errors");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void beginsTheTitleWithTheOutcome_MBR13() {
        assertThat(TestPages.anonymous(Locale.ENGLISH).titled("Profile")).isEqualTo("Profile");
        assertThat(TestPages.anonymous(Locale.ENGLISH).refused(true).titled("Profile"))
                .isEqualTo("Not done · Profile");
    }
}
