package org.tidings.web.announcements;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.web.pages.Form;

/**
 * Stands for its kind: what one door takes, every other shows and gives back unchanged. Every zone that Java knows, and forms of zones
 * that it knows besides, in the hours around every change of their clocks.
 */
class WindowsThereAndBackTest {

    private static final Instant FROM = Instant.parse("1972-01-01T00:00:00Z");
    private static final int CHANGES_AHEAD = 8;
    private static final List<String> OTHER_FORMS =
            List.of("+02:00", "-11:30", "Z", "UTC+2", "GMT-03:30", "UT+1", "+01:02:03");

    @Test
    void aWindowIsTheSameAfterItWentThroughTheForm_REP05_REP06() {
        Set<String> zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
        zones.addAll(OTHER_FORMS);
        assertThat(zones).contains("US/Eastern", "Etc/GMT-2", "GMT", "Europe/Dublin", "Africa/Casablanca");
        int windows = 0;
        for (String id : zones) {
            ZoneId zone = ZoneId.of(id);
            for (Instant change : changes(zone.getRules())) {
                for (int minutes = -150; minutes <= 150; minutes += 30) {
                    OffsetDateTime start =
                            change.atOffset(ZoneOffset.UTC).plusMinutes(minutes).plusSeconds(Math.floorMod(minutes, 7));
                    Window window = new Window(start, Optional.of(start.plusMinutes(45)), zone);
                    windows++;
                    assertThat(throughTheForm(window)).as("%s at %s", id, start).contains(window);
                }
            }
            assertThat(AnnouncementForm.zones(zone.getId()))
                    .as("the form can show it")
                    .containsKey(zone.getId());
        }
        assertThat(windows).isGreaterThan(100_000);
    }

    @Test
    void aWindowIsTheSameAfterItWentThroughTheApi_REP05() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            OffsetDateTime start = OffsetDateTime.parse("2027-10-31T01:30:00Z");
            Window window = new Window(start, Optional.of(start.plusMinutes(15)), ZoneId.of(id));
            assertThat(WrittenJson.of(content(window)).content(10).window()).contains(window);
        }
    }

    /** An hour that comes twice is asked for by name, and only then. */
    @Test
    void asksWhichOfTwoHoursIsMeant_REP06() {
        Form form = typed("2027-10-31T02:30", "2027-10-31T02:15");

        AnnouncementForm.read(form);

        assertThat(form.error("start-offset")).isPresent();
        assertThat(AnnouncementForm.twice(form, "start", "Europe/Berlin")).containsExactly("+02:00", "+01:00");
        assertThat(AnnouncementForm.twice(typed("2027-10-31T03:00", ""), "start", "Europe/Berlin"))
                .isEmpty();
        Form chosen = typed("2027-10-31T02:30", "2027-10-31T02:15")
                .fill("start-offset", "+02:00")
                .fill("end-offset", "+01:00");
        assertThat(AnnouncementForm.read(chosen).window())
                .as("from the first half past two to the second quarter past two")
                .map(window -> window.duration().orElseThrow())
                .contains(Duration.ofMinutes(45));
        Form nonsense = typed("2027-10-31T02:30", "").fill("start-offset", "+05:00");
        AnnouncementForm.read(nonsense);
        assertThat(nonsense.error("start-offset")).isPresent();
    }

    @Test
    void refusesTheHourThatDoesNotExistBesideItsField() {
        Form form = typed("2027-03-28T01:00", "2027-03-28T02:30");

        AnnouncementForm.read(form);

        assertThat(form.error("end")).isPresent();
        assertThat(form.error("start")).isEmpty();
    }

    private static Form typed(String start, String end) {
        return AnnouncementForm.of(content(new Window(
                        OffsetDateTime.parse("2027-06-01T06:00:00Z"), Optional.empty(), ZoneId.of("Europe/Berlin"))))
                .fill("start", start)
                .fill("end", end);
    }

    private static Optional<Window> throughTheForm(Window window) {
        Form form = AnnouncementForm.of(content(window));
        Optional<Window> read = AnnouncementForm.read(form).window();
        assertThat(form.valid()).as("%s", form.rejected()).isTrue();
        // What a browser shows in a field for date and time: it has no offset, and at most milliseconds.
        assertThat(form.value("start")).doesNotContain(".");
        return read;
    }

    private static List<Instant> changes(ZoneRules rules) {
        List<Instant> changes = new ArrayList<>();
        rules.getTransitions().stream()
                .map(ZoneOffsetTransition::getInstant)
                .filter(FROM::isBefore)
                .forEach(changes::add);
        ZoneOffsetTransition next = rules.nextTransition(Instant.parse("2026-11-22T08:00:00Z"));
        for (int i = 0; i < CHANGES_AHEAD && next != null; i++) {
            changes.add(next.getInstant());
            next = rules.nextTransition(next.getInstant());
        }
        if (changes.isEmpty()) {
            changes.add(Instant.parse("2027-06-01T06:00:00Z"));
        }
        return changes;
    }

    private static AnnouncementContent content(Window window) {
        return new AnnouncementContent(
                AnnouncementType.MAINTENANCE,
                SubjectPrefix.MAINTENANCE,
                Optional.of(window),
                Map.of(),
                10,
                Optional.empty());
    }
}
