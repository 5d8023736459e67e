package org.tidings.it;

import static org.tidings.it.Site.site;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/** People of the shared site whom several tests need: its administrator, staff, members. */
final class Crew {

    static final String PASSWORD = "a calm evening by the lake";
    static final String ADMINISTRATOR = "root@example.net";

    private static boolean setUp;
    private static int networks;

    private Crew() {}

    /** A browser in which the administrator, who has every other role too, is signed in; opens her account first. */
    static synchronized HttpBrowser administrator() {
        if (!setUp) {
            String path = setupPath();
            HttpBrowser browser = site().browser();
            String csrf = browser.get(path).form().value("_csrf");
            String roles = Stream.of("EDITOR", "PUBLISHER", "ANNOUNCER", "PRIVACY_OFFICER", "ADMINISTRATOR")
                    .map(role -> "&role=" + role)
                    .collect(Collectors.joining());
            int status = browser.request(
                            "POST",
                            path,
                            "_csrf=" + csrf + "&name=Root&address=" + ADMINISTRATOR.replace("@", "%40") + "&password="
                                    + PASSWORD.replace(' ', '+') + roles,
                            Map.of("Content-Type", "application/x-www-form-urlencoded"))
                    .statusCode();
            if (status != 303) {
                throw new AssertionError("setup answered " + status);
            }
            setUp = true;
        }
        return signedIn(ADMINISTRATOR);
    }

    /** The link is printed a moment after the site has become ready; on a busy machine that is a long moment. */
    private static String setupPath() {
        for (int i = 0; i < 300; i++) {
            Optional<String> path = site().process().setupPath();
            if (path.isPresent()) {
                return path.get();
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("no setup link was printed");
    }

    /** Registers, confirms and opens an account the way a person does. */
    static void opensAccount(String address, String name) {
        HttpBrowser browser = site().browser().header("X-Forwarded-For", anotherNetwork());
        browser.get("/register").form().fill("address", address).submit();
        String link = site().mails().to(address, "Confirm").link("/confirm/");
        browser.get(link)
                .form()
                .submit()
                .form()
                .fill("name", name)
                .fill("password", PASSWORD)
                .submit();
    }

    /** So that a run of many tests does not use up what one network may ask for in an hour. */
    static synchronized String anotherNetwork() {
        networks++;
        return "100." + (64 + networks / 256) + "." + networks % 256 + ".9";
    }

    static HttpBrowser signedIn(String address) {
        HttpBrowser browser = site().browser();
        HttpBrowser.Page page = signIn(browser, address, PASSWORD);
        if (page.status() != 200) {
            throw new AssertionError("not signed in: " + page.text());
        }
        return browser;
    }

    static HttpBrowser.Page signIn(HttpBrowser browser, String address, String password) {
        HttpBrowser.Page page = browser.get("/sign-in");
        if (!page.path().equals("/sign-in")) {
            // Signed in since her account was opened, or as somebody else.
            page.formTo("/sign-out").submit();
            page = browser.get("/sign-in");
        }
        return page.form()
                .fill("address", address.toUpperCase(Locale.ROOT))
                .fill("password", password)
                .submit();
    }

    /** A key for programs of the administrator. */
    static String token(String... scopes) {
        HttpBrowser browser = administrator();
        String csrf = browser.get("/me/tokens").formTo("/me/tokens").value("_csrf");
        String body = "_csrf=" + csrf + "&label=tests&days=30&scope=" + String.join("&scope=", scopes);
        String made = browser.request(
                        "POST", "/me/tokens", body, Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .body();
        return Jsoup.parse(made).select("main code").text();
    }
}
