package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where readers live: how it is learned, and that an issue with hours comes in everybody's daytime. */
class DaytimeIT {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String KOLKATA = "Asia/Kolkata";

    private final HttpBrowser staff = Crew.administrator();

    /** A zone where it is about that time now, so that the test holds at every hour of the day. */
    private static String whereItIs(int hour) {
        int wanted = LocalTime.of(hour, 30).toSecondOfDay();
        return Stream.concat(
                        IntStream.rangeClosed(1, 12).mapToObj(west -> "Etc/GMT+" + west),
                        IntStream.rangeClosed(0, 12).mapToObj(east -> "Etc/GMT-" + east))
                .min(Comparator.comparingInt(zone -> Math.abs(
                        ZonedDateTime.now(ZoneId.of(zone)).toLocalTime().toSecondOfDay() - wanted)))
                .orElseThrow();
    }

    @Test
    void sendsInEverybodysDaytimeAndSaysForWhomItIsNight() {
        String day = Site.fresh("day");
        String night = Site.fresh("night");
        String slug = newsletterWith("address,zone\n" + day + ",\n" + night + "," + whereItIs(3) + "\n");
        saysBehindTheLinkOfAMail(slug, day, whereItIs(12));

        var asked = draft(slug, "Daytime");
        assertThat(asked.text()).contains("All 2 readers have said their time zone");
        String issue = asked.path().replace("/send", "");
        asked.formTo(asked.path())
                .fill("count", "2")
                .fill("from", "09:00")
                .fill("until", "18:00")
                .submit();

        assertThat(site().mails().to(day, "Daytime").text()).contains("Good morning");
        await("the page to say who waits", () -> waiting(issue).equals(night));
        assertThat(site().mails().all(night)).as("only the first issue").hasSize(1);

        site().later(
                        Duration.ofHours(6),
                        () -> assertThat(site().mails().to(night, "Daytime").text())
                                .contains("Good morning"));
        await("her line to say so", () -> waiting(issue).isEmpty());
        assertThat(site().mails().all(day))
                .as("two issues and her link, nothing twice")
                .hasSize(3);
    }

    /** What she said as a subscriber is her account's from the day she opens one: seen, exported and forgotten there. */
    @Test
    void takesWhatASubscriberSaidIntoHerAccount() {
        String reader = Site.fresh("moving");
        newsletterWith(
                "address,zone\n" + reader + ",Asia/Calcutta\n" + Site.fresh("other") + "," + whereItIs(3) + "\n");

        Crew.opensAccount(reader, "Meera");

        HttpBrowser hers = Crew.signedIn(reader);
        var profile = hers.get("/me/profile");
        assertThat(profile.document().select("[name=zone] option[selected]").text())
                .isEqualTo("Kolkata, India");
        assertThat(exported(hers)).contains("\"timeZone\":\"Asia/Calcutta\"");
        profile.formTo("/me/profile").fill("zone", "").submit();
        assertThat(exported(hers)).contains("\"timeZone\":\"\"").doesNotContain("Calcutta");
    }

    private static String exported(HttpBrowser browser) {
        String csrf = browser.get("/me/data").formTo("/me/data/json").value("_csrf");
        return browser.request("POST", "/me/data/json", "_csrf=" + csrf, Map.of("Content-Type", FORM))
                .body()
                .replaceAll("\\s*:\\s*", ":");
    }

    private String waiting(String issue) {
        return staff.get(issue + "/deliveries")
                .document()
                .select("tbody tr:contains(Outside the hours there) th")
                .text();
    }

    /** The link was in a newsletter, which may have been forwarded: it takes another one, mailed to the reader, to say a zone. */
    private void saysBehindTheLinkOfAMail(String slug, String reader, String zone) {
        var asked = draft(slug, "First");
        assertThat(asked.text()).contains("One of 2 readers has said their time zone");
        asked.formTo(asked.path()).fill("count", "2").submit();
        HttpBrowser browser = site().browser();
        var narrow = browser.get(site().mails().to(reader, "First").link("/preferences/"));
        assertThat(narrow.document().select("[name=zone]")).isEmpty();
        narrow.form("form[action$=/everything]").submit();
        var page = browser.get(site().mails().to(reader, "Your link").link("/manage/link/"))
                .form("form[action$=/open]")
                .submit();
        String action = page.path() + "/about";

        assertThat(page.formTo(action).fill("zone", "Nowhere/Atlantis").submit().status())
                .isEqualTo(422);
        var saved = page.formTo(action).fill("zone", zone).submit();

        assertThat(saved.text()).contains("Saved. It holds from this moment on.");
        assertThat(saved.document().select("[name=zone] option[selected]").attr("value"))
                .isEqualTo(zone);
    }

    private HttpBrowser.Page draft(String slug, String subject) {
        var draft = staff.get("/staff/issues/new?newsletter=" + slug)
                .form()
                .fill("newsletter", slug)
                .fill("subject", subject)
                .fill("markdown", "Good morning, {{name}}.")
                .submitWith("then", "send");
        assertThat(draft.path()).endsWith("/send");
        return draft;
    }

    /** A new newsletter with the two readers of a list. */
    private String newsletterWith(String csv) {
        String slug = newsletter();
        String token = Crew.token("NEWSLETTERS_WRITE", "SUBSCRIBERS");
        String all = api(token, "GET", "/api/v1/newsletters", "");
        String id = Json.createReader(new StringReader(all)).readObject().getJsonArray("items").stream()
                .map(JsonValue::asJsonObject)
                .filter(item -> item.getString("slug").equals(slug))
                .map(item -> item.getString("id"))
                .findFirst()
                .orElseThrow();
        String subscribers = "/api/v1/newsletters/" + id + "/subscribers";
        String basis = URLEncoder.encode("They signed a list at our desk.", StandardCharsets.UTF_8);
        assertThat(api(token, "POST", subscribers + "?basis=" + basis, csv)).contains("\"added\":2");
        assertThat(api(token, "GET", subscribers, "")).contains("\"zone\":\"" + whereItIs(3) + "\"");
        return slug;
    }

    private String newsletter() {
        String slug = Site.fresh("daytime").replaceAll("@.*", "");
        staff.get("/staff/newsletters/new")
                .form()
                .fill("name", "The " + slug)
                .fill("slug", slug)
                .fill("description", "What tests read.")
                .fill("cadence", "Daily")
                .fill("language", "en")
                .submit();
        return slug;
    }

    private static String api(String token, String method, String path, String csv) {
        return site().browser()
                .request(
                        method,
                        path,
                        csv,
                        Map.of(
                                "Authorization",
                                "Bearer " + token,
                                "Content-Type",
                                "text/csv",
                                "Idempotency-Key",
                                Site.fresh("key")))
                .body();
    }

    /** The browser knows Kolkata by its former name, as many do. */
    @Test
    @Tag("browser")
    void oneTapSaysTheZoneOfTheDevice() {
        String member = Site.fresh("tap");
        String visitor = Site.fresh("visitor");
        Crew.opensAccount(member, "Tara");
        String slug = newsletter();
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Chromium.options(390, 844).setTimezoneId(KOLKATA));
            page.navigate(site().url() + "/sign-in?to=/me/profile");
            page.fill("main [name=address]", member);
            page.fill("main [name=password]", Crew.PASSWORD);
            press(page);
            chromium.checkAccessibility(page);
            assertThat(page.locator("[name=zone]").inputValue())
                    .as("nothing is said by itself")
                    .isEmpty();
            device(page).click();
            assertThat(page.url()).as("the rest of the form is hers to save").endsWith("/me/profile");
            press(page);
            page.navigate(site().url() + "/me/profile");
            assertThat(page.locator("[name=zone]").inputValue()).isEqualTo(KOLKATA);

            page = chromium.page(Chromium.options(390, 844).setTimezoneId(KOLKATA));
            page.navigate(site().url() + "/newsletters/" + slug);
            page.locator("main [name=address]").first().fill(visitor);
            press(page);
            page.navigate(site().mails().to(visitor).link("/subscribe/confirm/"));
            press(page);
            page.locator("main a[href*='/preferences/']").click();
            chromium.checkAccessibility(page);
            page.locator("main form[action$='/everything'] button").click();
            page.navigate(site().mails().to(visitor, "Your link").link("/manage/link/"));
            press(page);
            chromium.checkAccessibility(page);
            device(page).click();
            page.locator("main form[action$='/about'] .actions button").click();
            page.getByText("Saved. It holds from this moment on.").waitFor();
            chromium.checkAccessibility(page);
        }
    }

    private static Locator device(Page page) {
        return page.locator("button:has-text('As on this device')");
    }

    private static void press(Page page) {
        page.locator("main button.button-primary").first().click();
        page.waitForLoadState();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(end);
            TidingsProcess.pause(200);
        }
    }
}
