package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.Sittings.Sheet;

/** Time zones in words, and where they are asked for. */
class ZonesTest {

    private static final PageContext ENGLISH = TestPages.anonymous(Locale.ENGLISH);
    private static final PageContext GERMAN = TestPages.anonymous(Locale.GERMAN);

    @Test
    void namesZonesByTownAndCountryInTheLanguageOfThePage() {
        assertThat(Zones.words(ENGLISH, ZoneId.of("Asia/Kolkata"))).isEqualTo("Kolkata, India");
        assertThat(Zones.words(GERMAN, ZoneId.of("Asia/Tokyo"))).isEqualTo("Tokio, Japan");
        assertThat(Zones.words(GERMAN, ZoneId.of("Europe/Vienna"))).isEqualTo("Wien, Österreich");
        assertThat(Zones.words(ENGLISH, ZoneId.of("Etc/UTC"))).isEqualTo("UTC");
    }

    @Test
    void offersEachPlaceOnceAndOnlyWhatIsTakenBack() {
        Map<String, String> choices = Zones.choices(ENGLISH, "");

        assertThat(choices.entrySet().iterator().next().getValue()).isEqualTo("Not said (Berlin, Germany counts)");
        assertThat(choices).hasSizeGreaterThan(350).containsKey("Asia/Kolkata").doesNotContainKey("Asia/Calcutta");
        assertThat(choices.keySet())
                .filteredOn(zone -> !zone.isEmpty())
                .allMatch(zone -> TimeZones.known(zone).isPresent());
    }

    @Test
    void findsWhatADeviceSaidByAFormerName() {
        Form form = Zones.fill(Form.empty(), Optional.of(ZoneId.of("Asia/Calcutta")));

        assertThat(form.value("zone")).isEqualTo("Asia/Kolkata");
        assertThat(Zones.read(Form.empty().fill("zone", "Asia/Calcutta"))).contains(ZoneId.of("Asia/Calcutta"));
    }

    @Test
    void refusesWhatIsNoZone() {
        Form form = Form.empty().fill("zone", "Middle-earth/Shire");

        assertThat(Zones.read(form)).isEmpty();
        assertThat(form.error("zone")).isPresent();
    }

    @Test
    void anAccountsHolderSaysItInHerAccount() {
        assertThat(sheet(false, "Asia/Tokyo")
                        .select("[name=zone] option[selected]")
                        .val())
                .isEqualTo("Asia/Tokyo");
        assertThat(sheet(true, "").select("[name=zone]")).isEmpty();
        assertThat(sheet(true, "").select("a[href=/me]")).isNotEmpty();
    }

    @Test
    void theProfileShowsItAndSaysWhatItIsFor_P1() {
        Document page = TestPages.render(
                "accounts/profile",
                Map.of(
                        "form",
                        Zones.fill(Form.empty(), Optional.of(ZoneId.of("America/Lima"))),
                        "languages",
                        Map.of("de", "Deutsch")),
                GERMAN);

        assertThat(page.select("[name=zone] option[selected]").text()).isEqualTo("Lima, Peru");
        assertThat(page.text()).contains("am Tag erreichen");
    }

    /** What a mailed link opens. */
    private static Document sheet(boolean account, String zone) {
        return TestPages.render(
                "newsletters/manage-sheet",
                Map.of(
                        "token",
                        "t",
                        "sheet",
                        new Sheet("ada@example.org", account, Locale.ENGLISH, TimeZones.known(zone), List.of()),
                        "form",
                        Form.empty().fill("zone", zone).fill("language", "en"),
                        "languages",
                        Map.of("en", "English")),
                ENGLISH);
    }
}
