package org.tidings.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as all sorts of browsers send them. */
class FormsIT {

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Registering, subscribing, signing in and leaving, by the buttons of the pages (REP-02). */
    @Tag("browser")
    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void formsWorkInABrowserWithoutFetchMetadata_REP02(String origin) {
        String slug = "plain-forms" + origin;
        newsletter(slug);
        String address = Site.fresh("older-browser");
        try (Chromium chromium = Chromium.open();
                StrippingProxy proxy = new StrippingProxy(Optional.of(origin).filter(o -> !o.isEmpty()))) {
            Page page = chromium.page(
                    Chromium.options(1280, 800).setProxy(new Proxy(proxy.address()).setBypass("<-loopback>")));
            page.navigate(site().url() + "/register");
            page.fill("main [name=address]", address);
            press(page);
            page.navigate(site().mails().to(address, "Confirm").link("/confirm/"));
            press(page);
            page.fill("main [name=password]", Crew.PASSWORD);
            press(page);
            page.context().clearCookies();
            page.navigate(site().url() + "/sign-in");
            page.fill("main [name=address]", address);
            page.fill("main [name=password]", Crew.PASSWORD);
            press(page);
            assertThat(page).hasURL(Pattern.compile("/me$"));
            page.context().clearCookies();

            String reader = Site.fresh("older-reader");
            subscribe(page, slug, reader);
            page.navigate(site().mails().to(reader, "Please confirm").link("/subscribe/confirm/"));
            press(page);
            assertThat(page.locator("h1")).containsText("subscribed");
            // A second time it is the mail with the reader's own link.
            subscribe(page, slug, reader);
            page.navigate(site().mails()
                    .to(reader, "subscribed already")
                    .link("/preferences/")
                    .replace("/preferences/", "/u/"));
            press(page);
            assertThat(page.locator("h1")).containsText("You have unsubscribed");

            assertThat(proxy.origins()).isNotEmpty().containsOnly(site().url());
        }
    }

    /** The headers are no more than a second wall: without the token nothing gets in (SEC-38). */
    @Test
    void noOriginHelpsAFormWithoutItsToken_REP02() throws Exception {
        HttpBrowser browser = site().browser();
        String csrf = browser.get("/register").form().value("_csrf");
        String address = "address=" + Site.fresh("foreign").replace("@", "%40");

        for (String origin : List.of("null", site().url())) {
            assertThat(withoutMetadata(browser, origin, address)).as(origin).isEqualTo(403);
            assertThat(withoutMetadata(site().browser(), origin, "_csrf=" + csrf + "&" + address))
                    .as(origin)
                    .isEqualTo(403);
            assertThat(withoutMetadata(browser, origin, "_csrf=" + csrf + "&" + address))
                    .as(origin)
                    .isEqualTo(303);
        }
        assertThat(withoutMetadata(browser, "https://other.example", "_csrf=" + csrf + "&" + address))
                .isEqualTo(403);
    }

    private static int withoutMetadata(HttpBrowser browser, String origin, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(site().url() + "/register"))
                .header("Content-Type", FORM)
                .header("Origin", origin)
                .header("X-Forwarded-For", Crew.anotherNetwork())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        browser.cookies().forEach((name, value) -> request.header("Cookie", name + "=" + value));
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** While figures move beside it, a button keeps the keyboard and takes every press (NLT-C3). */
    @Test
    @Tag("browser")
    void livePartsKeepFocusAndPresses_NLTC3() {
        newsletter("live-parts");
        try (Chromium chromium = Chromium.open()) {
            Page page = staffPage(chromium);
            page.navigate(site().url() + "/staff/issues/new?newsletter=live-parts");
            page.fill("[name=subject]", "Later");
            page.fill("[name=markdown]", "Text");
            page.click("button[name=then][value=send]");
            page.locator("[name=count]").fill("0");
            String id = page.url().replaceAll(".*/issues/([0-9a-f-]+)/.*", "$1");
            schedule(id);
            page.navigate(site().url() + "/staff/issues/" + id + "/sending");
            Locator back = page.locator("form[action$='/cancel'] button");
            back.focus();
            for (int i = 0; i < 3; i++) {
                page.waitForResponse(answer -> answer.url().contains("/progress"), () -> {});
            }
            assertThat(back).isFocused();

            back.hover();
            page.mouse().down();
            page.waitForResponse(answer -> answer.url().contains("/progress"), () -> {});
            page.mouse().up();

            assertThat(page).hasURL(Pattern.compile("/staff/issues/" + id + "$"));
            assertThat(page.locator("[name=subject]")).hasValue("Later");
        }
    }

    private static void schedule(String id) {
        String token = Crew.token("NEWSLETTERS_SEND", "NEWSLETTERS_WRITE");
        var headers = Map.of(
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json",
                "Accept",
                "application/json",
                "Idempotency-Key",
                id);
        String version = site().browser()
                .request("GET", "/api/v1/issues/" + id, "", headers)
                .body()
                .replaceAll("(?s).*\"version\":(\\d+).*", "$1");
        var sent = site().browser()
                .request(
                        "POST",
                        "/api/v1/issues/" + id + "/send",
                        "{\"version\":" + version + ",\"at\":\""
                                + OffsetDateTime.now(ZoneOffset.UTC).plusDays(3) + "\"}",
                        headers);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    }

    /** A long text is left only after a question, and deleted only after one (NLT-C2). */
    @Test
    @Tag("browser")
    void asksBeforeATextIsLost_NLTC2() {
        newsletter("long-texts");
        try (Chromium chromium = Chromium.open()) {
            Page page = staffPage(chromium);
            List<String> asked = new ArrayList<>();
            page.onDialog(dialog -> {
                asked.add(dialog.type());
                dialog.dismiss();
            });
            page.navigate(site().url() + "/staff/issues/new?newsletter=long-texts");
            page.click("[name=subject]");
            page.keyboard().type("Hours of work");
            page.locator("nav a[href='/staff/newsletters']").first().click();
            page.waitForCondition(() -> !asked.isEmpty());
            assertThat(asked).containsExactly("beforeunload");
            assertThat(page.locator("[name=subject]")).hasValue("Hours of work");

            page.fill("[name=markdown]", "Text");
            page.click("button[name=then][value=save]");
            assertThat(page).hasURL(Pattern.compile("/staff/issues/[0-9a-f-]{36}$"));
            assertThat(page).hasTitle(Pattern.compile("^Done · "));
            assertThat(page.locator(".flash")).isFocused();
            page.locator("details.ask summary").click();
            page.locator("nav a[href='/staff/newsletters']").first().click();
            assertThat(page).hasURL(Pattern.compile("/staff/newsletters$"));
            assertThat(asked).as("saved").hasSize(1);
            page.goBack();
            page.locator("details.ask summary").click();
            page.locator("form[action$='/discard'] button").click();
            assertThat(page.locator(".flash")).containsText("gone");
        }
    }

    /** What was typed and where one wanted to go stay (MBR-16), the outcome is said first (MBR-13), and heads have one row (MBR-21). */
    @Test
    @Tag("browser")
    void theLanguageIsChangedWithoutALoss_MBR13_MBR16_MBR21() {
        newsletter("languages");
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.phone();
            page.navigate(site().url() + "/sign-in?to=%2Fme%2Fprofile");
            page.fill("main [name=address]", "somebody@");
            page.locator(".languages :is(a, button)[lang=de]").click();
            assertThat(page.locator("html")).hasAttribute("lang", "de");
            assertThat(page.locator("main [name=address]")).hasValue("somebody@");
            assertThat(page.locator("main [name=to]")).hasValue("/me/profile");
            assertThat(page.locator(".top").boundingBox().height).as("one row").isLessThan(90);
            assertThat(page.locator(".brand span")).isVisible();

            page.navigate(site().url() + "/newsletters/languages");
            page.fill("main [name=address]", "no address");
            press(page);
            assertThat(page).hasTitle(Pattern.compile("^Nicht erledigt · "));
            assertThat(page.locator("#errors")).isFocused();
            page.locator(".languages :is(a, button)[lang=en]").click();
            assertThat(page.locator("html")).hasAttribute("lang", "en");
            assertThat(page.locator("main [name=address]")).hasValue("no address");

            Page plain = chromium.withoutJavaScript();
            plain.navigate(site().url() + "/sign-in?to=%2Fme%2Fprofile");
            plain.fill("main [name=address]", "somebody@");
            plain.fill("main [name=password]", "not to be seen again");
            plain.locator(".languages button[lang=de]").click();
            assertThat(plain.locator("html")).hasAttribute("lang", "de");
            assertThat(plain.locator("main [name=address]")).hasValue("somebody@");
            assertThat(plain.locator("main [name=to]")).hasValue("/me/profile");
            assertThat(plain.locator("main [name=password]")).hasValue("");
            plain.navigate(site().url() + "/subscribe");
            plain.locator("main [type=checkbox]").first().check();
            plain.fill("main [name=address]", "no address");
            press(plain);
            plain.locator(".languages button[lang=en]").click();
            assertThat(plain.locator("html")).hasAttribute("lang", "en");
            assertThat(plain.locator("main [type=checkbox]").first()).isChecked();
            assertThat(plain.locator("main [name=address]")).hasValue("no address");
        }
        String address = Site.fresh("languages");
        Crew.opensAccount(address, "Ada");
        HttpBrowser member = Crew.signedIn(address);
        var changed = member.get("/me/profile")
                .formTo("/me/profile")
                .fill("language", "de")
                .submit();
        assertThat(changed.document().select("html").attr("lang")).isEqualTo("de");
        assertThat(changed.document().select(".flash").text()).isEqualTo("Gespeichert.");
        assertThat(member.get("/me?lang=en").document().select("html").attr("lang"))
                .isEqualTo("en");
        assertThat(member.get("/me").document().select("html").attr("lang"))
                .as("chosen for this browser (MBR-11)")
                .isEqualTo("en");
    }

    /** All newsletters are on a page of their own, and every page leads there. */
    @Test
    void newslettersHaveAnIndex() {
        newsletter("in-the-index");

        var index = site().browser().get("/").click("Newsletters");

        assertThat(index.path()).isEqualTo("/newsletters");
        assertThat(index.document().select("main a[href=/newsletters/in-the-index]"))
                .isNotEmpty();
        assertThat(index.formTo("/subscribe").value("address")).isEmpty();
    }

    /** What staff look for stands in no address (REV-L7), and is found by what the page shows (REP-25). */
    @Test
    void whoIsSearchedForStandsInNoAddress_REVL7_REP25() {
        newsletter("searched");
        HttpBrowser staff = Crew.administrator();
        String page = "/staff/subscribers?newsletter=searched";
        var form = staff.get(page).form("main form:has([name=q])");

        var found = form.fill("q", "nobody@bücher.example").submit();

        assertThat(staff.get(page).document().select("main form[method=get], main form:not([method])"))
                .isEmpty();
        assertThat(found.path()).isEqualTo("/staff/subscribers");
        assertThat(found.document().select("[name=q]").val()).isEqualTo("nobody@bücher.example");
        assertThat(found.document().select("a[href*=nobody]")).isEmpty();
        assertThat(staff.get(page + "&q=somebody").document().select("[name=q]").val())
                .isEmpty();
    }

    /** A form that is too old is offered again, with what was typed (MBR-22). */
    @Test
    void aStaleFormIsSentAgain_MBR22() {
        HttpBrowser staff = Crew.administrator();
        String slug = "stale-form";
        var form = staff.get("/staff/newsletters/new")
                .form()
                .fill("name", "Stale “form”")
                .fill("slug", slug)
                .fill("description", "B")
                .fill("cadence", "C")
                .fill("_csrf", "x".repeat(86));

        var stale = form.submit();

        assertThat(stale.status()).isEqualTo(403);
        assertThat(stale.form().submit().path()).isEqualTo("/staff/newsletters");
        assertThat(staff.get("/staff/newsletters").text()).contains("Stale “form”");
        var foreign = staff.request(
                "POST",
                "/staff/newsletters/new",
                "name=X",
                Map.of("Content-Type", FORM, "Sec-Fetch-Site", "cross-site"));
        assertThat(foreign.body()).doesNotContain("value=\"X\"");
    }

    private static Page staffPage(Chromium chromium) {
        Crew.administrator();
        Page page = chromium.desktop();
        page.navigate(site().url() + "/sign-in");
        page.fill("main [name=address]", "root@example.net");
        page.fill("main [name=password]", Crew.PASSWORD);
        press(page);
        return page;
    }

    /** Whatever a program makes of a form, it is no fault of ours, and nobody is written to at an address that nobody typed (REP-22). */
    @Test
    void aFormThatCannotBeReadIsRefusedWithASentence_REP22() {
        HttpBrowser browser = site().browser();
        String csrf = browser.get("/register").form().value("_csrf");
        for (String field : List.of("address", "password", "newsletter", "name", "to")) {
            for (String path : List.of("/register", "/sign-in", "/subscribe", "/reset", "/reactivate")) {
                assertThat(post(browser, path, "_csrf=" + csrf + "&" + field).statusCode())
                        .as(path + " " + field)
                        .isIn(400, 422);
            }
        }
        for (String octets : List.of("j%F6rg", "j%C0%AFrg", "j%ED%A0%80rg", "j%C3", "j%zz", "j%00rg")) {
            for (String path : List.of("/register", "/sign-in", "/subscribe", "/reset")) {
                var refused = post(
                        browser,
                        path,
                        "_csrf=" + csrf + "&newsletter=x&password=x&address=" + octets + "%40example.net");
                assertThat(refused.statusCode()).as(path + " " + octets).isEqualTo(400);
                assertThat(Jsoup.parse(refused.body()).select("main h1").text()).contains("could not be read");
            }
        }
        HttpBrowser staff = Crew.administrator();
        String own = staff.get("/staff/newsletters/new").form().value("_csrf");
        assertThat(post(staff, "/staff/newsletters/new", "_csrf=" + own + "&name&slug&description=a")
                        .statusCode())
                .isEqualTo(422);
        assertThat(staff.request("GET", "/staff/newsletters?q=%F6", "", Map.of())
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.request("GET", "/?utm=%F6", "", Map.of()).statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> post(HttpBrowser browser, String path, String body) {
        return browser.request("POST", path, body, Map.of("Content-Type", FORM));
    }

    private static void subscribe(Page page, String slug, String address) {
        page.navigate(site().url() + "/newsletters/" + slug);
        page.fill("main [name=address]", address);
        press(page);
        assertThat(page).hasURL(Pattern.compile("/subscribe/sent$"));
    }

    private static void newsletter(String slug) {
        Crew.administrator()
                .get("/staff/newsletters/new")
                .form()
                .fill("name", slug)
                .fill("slug", slug)
                .fill("description", "What tests read.")
                .fill("cadence", "Monthly")
                .fill("language", "en")
                .submit();
    }

    private static void press(Page page) {
        page.locator("main form[method=post] button.button").first().click();
    }
}
