package org.tidings.announcements.internal.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Policies.DiffLine.Kind;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.site.Languages;

class TextsTest {

    @Test
    void bundlesHaveTheSameKeys() {
        for (Locale language : Languages.ALL) {
            assertThat(Texts.in(language).bundle().getLocale()).isEqualTo(language);
            assertThat(Texts.in(language).bundle().keySet())
                    .as("%s", language)
                    .isEqualTo(Texts.in(Locale.ENGLISH).bundle().keySet());
        }
        assertThat(Texts.in(Locale.GERMAN).text("prefix.MAINTENANCE")).isEqualTo("[Wartung]");
        assertThat(Texts.in(Locale.CANADA_FRENCH).text("prefix.SECURITY")).isEqualTo("[Sécurité]");
        assertThat(Texts.in(Locale.ITALIAN).text("prefix.SECURITY")).isEqualTo("[Security]");
    }

    /** SVC-04: the subject begins with one of a closed list. */
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
                        + " (America/New_York, UTC-05:00), 3 Stunden");
        assertThat(new Times(Texts.in(Locale.ENGLISH)).utc(window))
                .isEqualTo("Friday 1 January 2027, 03:00 to 06:00 UTC");
        assertThat(new Times(Texts.in(Locale.FRENCH)).local(window))
                .isEqualTo("jeudi 31 décembre 2026 à 22:00, jusqu’à vendredi 1 janvier 2027 à 01:00"
                        + " (America/New_York, UTC-05:00), 3 heures");
        assertThat(new Times(Texts.in(Locale.FRENCH)).utc(window))
                .isEqualTo("vendredi 1 janvier 2027 à 03:00, jusqu’à 06:00 UTC");
    }

    /** The figures alone are an hour wrong where the clocks are changed meanwhile. */
    @Test
    void windowsOverAChangeAreToldWithBothOffsetsAndHowLongTheyLast_REP17() {
        Window autumn = window("2027-10-30T23:30:00Z", "2027-10-31T02:30:00Z", "Europe/Berlin");
        Window spring = window("2027-03-28T00:30:00Z", "2027-03-28T02:00:00Z", "Europe/London");
        Window winter = window("2027-01-10T22:00:00Z", "2027-01-10T22:45:00Z", "Europe/London");

        Times english = new Times(Texts.in(Locale.ENGLISH));
        assertThat(english.local(autumn))
                .isEqualTo("Sunday 31 October 2027, 01:30 UTC+02:00 to 03:30 UTC+01:00 (Europe/Berlin), 3 hours");
        assertThat(english.local(spring))
                .isEqualTo("Sunday 28 March 2027, 00:30 UTC+00:00 to 03:00 UTC+01:00 (Europe/London),"
                        + " 1 hour 30 minutes");
        assertThat(english.local(winter))
                .isEqualTo("Sunday 10 January 2027, 22:00 to 22:45 (Europe/London, UTC+00:00), 45 minutes");
        assertThat(winter.inUtc()).as("needs its line in UTC").isFalse();
        assertThat(new Times(Texts.in(Locale.GERMAN)).local(autumn))
                .isEqualTo("Sonntag, 31. Oktober 2027, 01:30 Uhr (UTC+02:00) bis 03:30 Uhr (UTC+01:00)"
                        + " (Europe/Berlin), 3 Stunden");
        assertThat(english.local(window("2027-06-01T06:00:00Z", "2027-06-02T06:00:30Z", "+02:00")))
                .isEqualTo("Tuesday 1 June 2027, 08:00 to Wednesday 2 June 2027, 08:00:30 (UTC+02:00),"
                        + " 1 day 30 seconds");
        assertThat(english.local(window("2027-06-01T06:00:00Z", "2027-06-01T07:00:00Z", "GMT")))
                .isEqualTo("Tuesday 1 June 2027, 06:00 to 07:00 (UTC), 1 hour");
    }

    private static Window window(String start, String end, String zone) {
        return new Window(OffsetDateTime.parse(start), Optional.of(OffsetDateTime.parse(end)), ZoneId.of(zone));
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
