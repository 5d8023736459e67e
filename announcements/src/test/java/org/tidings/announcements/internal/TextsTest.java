package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Policies.DiffLine.Kind;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;

class TextsTest {

    @Test
    void bundlesHaveTheSameKeys() {
        assertThat(Texts.in(Locale.GERMAN).bundle().keySet())
                .isEqualTo(Texts.in(Locale.ENGLISH).bundle().keySet());
        assertThat(Texts.in(Locale.GERMAN).text("prefix.MAINTENANCE")).isEqualTo("[Wartung]");
        assertThat(Texts.in(Locale.FRENCH).text("prefix.MAINTENANCE")).isEqualTo("[Maintenance]");
    }

    /** M04: the subject begins with one of a closed list. */
    @Test
    void everyPrefixTypeAndSlotHasAText() {
        Texts texts = Texts.in(Locale.ENGLISH);
        for (SubjectPrefix prefix : SubjectPrefix.values()) {
            assertThat(texts.text("prefix." + prefix)).matches("\\[.+]");
        }
        for (AnnouncementType type : AnnouncementType.values()) {
            assertThat(texts.text("type." + type)).isNotBlank();
        }
        for (Slot slot : Slot.values()) {
            assertThat(texts.text("slot." + slot.key())).isNotBlank();
        }
    }

    @Test
    void windowsAreToldInTheirZoneAndInUtc() {
        Window window = Window.in(
                ZoneId.of("America/New_York"),
                LocalDateTime.parse("2026-12-31T22:00"),
                Optional.of(LocalDateTime.parse("2027-01-01T01:00")));

        assertThat(new Times(Texts.in(Locale.GERMAN)).local(window))
                .isEqualTo("Donnerstag, 31. Dezember 2026, 22:00 Uhr bis Freitag, 1. Januar 2027, 01:00 Uhr"
                        + " (America/New_York, UTC-05:00)");
        assertThat(new Times(Texts.in(Locale.ENGLISH)).utc(window))
                .isEqualTo("Friday 1 January 2027, 03:00 to 06:00 UTC");
    }

    @Test
    void refusesALocalTimeThatDoesNotExist() {
        assertThatThrownBy(() -> Window.in(
                        ZoneId.of("Europe/Berlin"), LocalDateTime.parse("2027-03-28T02:30"), Optional.empty()))
                .isInstanceOf(DateTimeException.class);
    }

    @Test
    void policyHtmlNeutralisesScripts() {
        String html = new PolicyMarkdown()
                .html(
                        "## Head\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) **bold** [ok](https://example.org/)");

        assertThat(html)
                .contains("<h2>Head</h2>", "<strong>bold</strong>", "https://example.org/")
                .doesNotContain("<script", "href=\"javascript");
    }

    @Test
    void diffNamesWhatWasRemovedAndAdded() {
        assertThat(LineDiff.between("a\nb\nc", "a\nx\nc"))
                .extracting(line -> line.kind() + line.text())
                .containsExactly(Kind.SAME + "a", Kind.REMOVED + "b", Kind.ADDED + "x", Kind.SAME + "c");
    }
}
