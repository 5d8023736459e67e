package org.tidings.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Proxy;
import java.net.http.HttpResponse;
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

    /** Registering, subscribing, signing in and leaving, by the buttons of the pages (F02). */
    @Tag("browser")
    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void formsWorkInABrowserWithoutFetchMetadata_F02(String origin) {
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
            assertThat(page.locator("h1")).containsText("You have left");

            assertThat(proxy.origins()).isNotEmpty().containsOnly(site().url());
        }
    }

    /** The headers are no more than a second wall: without the token nothing gets in (S38). */
    @Test
    void noOriginHelpsAFormWithoutItsToken_F02() {
        HttpBrowser browser = site().browser();
        String csrf = browser.get("/register").form().value("_csrf");
        String address = Site.fresh("foreign").replace("@", "%40");

        for (String origin : new String[] {"null", site().url()}) {
            int without = browser.request("POST", "/register", "address=" + address, older(origin))
                    .statusCode();
            int ofAnother = site().browser()
                    .request("POST", "/register", "_csrf=" + csrf + "&address=" + address, older(origin))
                    .statusCode();
            assertThat(without).as(origin).isEqualTo(403);
            assertThat(ofAnother).as(origin).isEqualTo(403);
        }
        assertThat(browser.request(
                                "POST",
                                "/register",
                                "_csrf=" + csrf + "&address=" + address,
                                older("https://other.example"))
                        .statusCode())
                .isEqualTo(403);
    }

    /** Whatever a program makes of a form, it is no fault of ours, and nobody is written to at an address that nobody typed (F22). */
    @Test
    void aFormThatCannotBeReadIsRefusedWithASentence_F22() {
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

    private static Map<String, String> older(String origin) {
        return Map.of("Content-Type", FORM, "Origin", origin, "Sec-Fetch-Site", "");
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
