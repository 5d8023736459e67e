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
import org.tidings.newsletter.Preferences.Sheet;

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
    void thePageBehindAMailsLinkNeverShowsWhatIsStored() {
        Document page = preferences(false, true, Zones.fillHidden(Form.empty(), true));

        assertThat(page.select("[name=zone] option[selected]").val()).isEqualTo(Zones.KEEP);
        assertThat(page.text()).contains("we do not show here", "reach you in your daytime");
        assertThat(page.select("[name=zone]").attr("data-device")).isNotEmpty();
    }

    @Test
    void anAccountsHolderSaysItInHerAccount() {
        Document page = preferences(true, true, Form.empty());

        assertThat(page.select("[name=zone]")).isEmpty();
        assertThat(page.select("a[href=/me/profile]")).hasSize(1);
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

    private static Document preferences(boolean account, boolean known, Form form) {
        return TestPages.render(
                "newsletters/preferences",
                Map.of("token", "t", "sheet", new Sheet("a…@example.org", account, known, List.of()), "form", form),
                ENGLISH);
    }
}
