package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What has to hold on every page, looked at by following every link that somebody with all roles is shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+|it-[a-z0-9-]+");
    private static final Pattern COOKIE = Pattern.compile(
            "__Host-[a-z]+=[^;]*;Version=1;Path=/(;Max-Age=[0-9]+)?;Secure;HttpOnly;SameSite=Lax",
            Pattern.CASE_INSENSITIVE);
    /** Of each kind of page so many are looked at. */
    private static final int OF_A_KIND = 2;

    private static final int PARALLEL = 200;
    private static final int THREADS = 64;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private HttpBrowser staff = site().browser();
    private final Map<String, HttpResponse<String>> answers = new LinkedHashMap<>();

    @BeforeAll
    void followEveryLink() {
        staff = Crew.administrator();
        makeSomethingToLookAt();
        var waiting = new ArrayDeque<>(
                List.of("/", "/me", "/staff", "/staff/start", "/me/tokens", "/styleguide", "/no-such-page"));
        Map<String, Integer> ofAKind = new HashMap<>();
        Set<String> known = new LinkedHashSet<>(waiting);
        while (!waiting.isEmpty()) {
            String path = waiting.remove();
            HttpResponse<String> answer = get(staff, path);
            answers.put(path, answer);
            for (String link : links(answer)) {
                String kind = ID.matcher(link.replaceAll("=[^&]*", "=")).replaceAll("*");
                if (known.add(link) && ofAKind.merge(kind, 1, Integer::sum) <= OF_A_KIND) {
                    waiting.add(link);
                }
            }
        }
        assertThat(answers).as("pages").hasSizeGreaterThan(40);
    }

    /** An issue, a draft of a policy, an announcement: what staff have pages about. */
    private void makeSomethingToLookAt() {
        staff.get("/staff/newsletters/new")
                .form()
                .fill("name", "Looked at")
                .fill("slug", "it-looked-at")
                .fill("description", "What tests read.")
                .fill("cadence", "Monthly")
                .fill("language", "en")
                .submit();
        var issue = staff.get("/staff/issues/new").form();
        issue.fill("subject", "Looked at").fill("markdown", "Hello").submit();
        var announcement = staff.get("/staff/announcements/new").document();
        assertThat(announcement.select("form[method=post]")).isNotEmpty();
        staff.post(
                "/staff/policies/terms/draft",
                Map.of("_csrf", staff.get("/me/profile").formTo("/me/profile").value("_csrf")));
    }

    private static HttpResponse<String> get(HttpBrowser browser, String path) {
        return browser.request("GET", path, "", Map.of("Origin", "https://elsewhere.example"));
    }

    private static boolean isPage(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
    }

    private static List<String> links(HttpResponse<String> answer) {
        if (!isPage(answer)) {
            return answer.headers().firstValue("Location").filter(to -> to.startsWith("/")).stream()
                    .toList();
        }
        List<String> found = new ArrayList<>();
        for (Element link :
                Jsoup.parse(answer.body()).select("a[href^=/], link[href^=/], iframe[src^=/], script[src^=/]")) {
            String target = link.hasAttr("href") ? link.attr("href") : link.attr("src");
            if (!target.startsWith("//") && !target.startsWith("/mailbox")) {
                found.add(target.replaceAll("#.*", ""));
            }
        }
        return found;
    }

    // What every answer has and has not

    @Test
    void everyAnswerHasTheHeadersAndNoneNamesAServer_SEC41_SEC42_SEC43_SEC44() {
        answers.forEach((path, answer) -> {
            var headers = answer.headers();
            assertThat(answer.statusCode()).as(path).isLessThan(500);
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe-eval");
            assertThat(headers.firstValue("Strict-Transport-Security")).as(path).isPresent();
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(headers.firstValue("Server")).as(path).isEmpty();
            if (path.startsWith("/me") || path.startsWith("/staff")) {
                assertThat(headers.firstValue("Cache-Control")).as(path).hasValue("no-store");
            }
        });
    }

    @Test
    void noAnswerOpensTheSiteToOtherOrigins_SEC40() {
        answers.forEach((path, answer) -> assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                .as(path)
                .isEmpty());
    }

    @Test
    void everyCookieIsBoundToTheHostAndHiddenFromScripts_SEC31() {
        List<String> set = new ArrayList<>();
        answers.values().forEach(answer -> set.addAll(answer.headers().allValues("Set-Cookie")));
        for (String path : new String[] {"/", "/register", "/sign-in", "/no-such-page", "/?lang=de", "/confirm/x"}) {
            set.addAll(get(site().browser(), path).headers().allValues("Set-Cookie"));
        }
        set.addAll(signInAnswer().headers().allValues("Set-Cookie"));

        assertThat(set).anyMatch(cookie -> cookie.startsWith("__Host-session="));
        assertThat(set).allMatch(cookie -> COOKIE.matcher(cookie).matches());
    }

    @Test
    void theSessionIsInNoBodyAndNoAddress_SEC32() {
        String session = String.valueOf(staff.cookies().get("__Host-session"));

        assertThat(session).hasSize(43);
        answers.forEach(
                (path, answer) -> assertThat(path + answer.body()).as(path).doesNotContain(session));
    }

    @Test
    void everyPageHasTheWayOutAndItLeadsOut_SEC35() {
        answers.forEach((path, answer) -> {
            Document page = Jsoup.parse(answer.body());
            if (isPage(answer) && answer.statusCode() == 200 && page.selectFirst("header.top") != null) {
                assertThat(page.select("form[action=/sign-out]")).as(path).isNotEmpty();
            }
        });
        String address = Site.fresh("out");
        Crew.opensAccount(address, "Ada");
        HttpBrowser browser = Crew.signedIn(address);
        String cookie = "__Host-session=" + browser.cookies().get("__Host-session");
        String csrf = browser.get("/me").formTo("/sign-out").value("_csrf");
        var out = browser.request("POST", "/sign-out", "_csrf=" + csrf, Map.of("Content-Type", FORM));

        assertThat(out.headers().firstValue("Clear-Site-Data")).isPresent();
        var replayed = site().browser().request("GET", "/me", "", Map.of("Cookie", cookie));
        assertThat(replayed.statusCode()).isEqualTo(303);
        assertThat(replayed.headers().firstValue("Location").orElse("")).startsWith("/sign-in");
    }

    private static HttpResponse<String> signInAnswer() {
        String address = Site.fresh("cookie");
        Crew.opensAccount(address, "Ada");
        HttpBrowser browser = site().browser();
        String csrf = browser.get("/sign-in").form().value("_csrf");
        return browser.request(
                "POST",
                "/sign-in",
                "_csrf=" + csrf + "&address=" + address.replace("@", "%40") + "&password="
                        + Crew.PASSWORD.replace(' ', '+'),
                Map.of("Content-Type", FORM));
    }

    // Who may

    @Test
    void noStaffPageOpensForMembersOrStrangers_SEC50() {
        String address = Site.fresh("member");
        Crew.opensAccount(address, "Ada");
        HttpBrowser member = Crew.signedIn(address);

        assertThat(answers.keySet())
                .filteredOn(path -> path.startsWith("/staff"))
                .hasSizeGreaterThan(20);
        answers.forEach((path, answer) -> {
            if (path.startsWith("/staff") && answer.statusCode() == 200) {
                assertThat(get(member, path).statusCode()).as(path).isEqualTo(403);
                assertThat(get(site().browser(), path).statusCode()).as(path).isEqualTo(303);
            }
        });
    }

    @Test
    void whatIsAnothersAnswersAsWhatIsNot_SEC48() {
        String address = Site.fresh("prying");
        Crew.opensAccount(address, "Eve");
        HttpBrowser eve = Crew.signedIn(address);
        String session = idIn(staff.get("/me/sessions").document(), "/me/sessions/*/end");
        String key = Crew.token("NEWSLETTERS_WRITE");
        String token = idIn(staff.get("/me/tokens").document(), "/me/tokens/*/revoke");

        assertThat(outcome(eve, "/me/sessions/" + session + "/end"))
                .isEqualTo(outcome(eve, "/me/sessions/" + UUID.randomUUID() + "/end"));
        assertThat(outcome(eve, "/me/tokens/" + token + "/revoke"))
                .isEqualTo(outcome(eve, "/me/tokens/" + UUID.randomUUID() + "/revoke"));

        assertThat(staff.get("/me").path()).as("still signed in").isEqualTo("/me");
        assertThat(idsIn(staff.get("/me/sessions").document(), "/me/sessions/*/end"))
                .contains(session);
        assertThat(site().browser()
                        .request(
                                "GET",
                                "/api/v1/newsletters",
                                "",
                                Map.of("Authorization", "Bearer " + key, "Accept", "application/json"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String outcome(HttpBrowser browser, String path) {
        String csrf = browser.get("/me").formTo("/sign-out").value("_csrf");
        var answer = browser.request("POST", path, "_csrf=" + csrf, Map.of("Content-Type", FORM));
        return answer.statusCode() + " "
                + answer.headers().firstValue("Location").orElse("");
    }

    private static String idIn(Document page, String action) {
        return idsIn(page, action).get(0);
    }

    private static List<String> idsIn(Document page, String action) {
        Pattern pattern = Pattern.compile(action.replace("*", "([0-9a-f-]{36})"));
        return page.select("form[action]").stream()
                .map(form -> pattern.matcher(form.attr("action")))
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
    }

    // What bad input gets

    @Test
    void oddQueriesNeverBreakAPage_SEC54() {
        Set<String> paths = new LinkedHashSet<>();
        answers.keySet().forEach(path -> paths.add(path.replaceAll("\\?.*", "")));
        for (String value : List.of("%27%22%3B--", "%00", "%25%5C_", "-1")) {
            String query = "?sort=" + value + "&q=" + value + "&state=" + value + "&after=" + value + "&before=" + value
                    + "&reason=" + value + "&outcome=" + value + "&page=" + value + "&lang=" + value + "&cursor="
                    + value;
            for (String path : paths) {
                if (!path.startsWith("/assets")) {
                    assertThat(get(staff, path + query).statusCode())
                            .as(path + query)
                            .isLessThan(500);
                }
            }
        }
        for (String search :
                List.of("newsletter=it-looked-at&state=%00", "newsletter=it-looked-at&q=%25%27%5C", "newsletter=%00")) {
            assertThat(get(staff, "/staff/subscribers?" + search).statusCode())
                    .as(search)
                    .isLessThan(500);
        }
        HttpBrowser visitor = site().browser();
        String csrf = visitor.get("/register").form().value("_csrf");
        assertThat(visitor.request(
                                "POST",
                                "/register",
                                "_csrf=" + csrf + "&address=a%40example.net&newsletter=%00",
                                Map.of("Content-Type", FORM))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void filesAreNamedByUsAndNeverShownInPlace_SEC57() {
        String address = Site.fresh("\"hostile\"").replace("\"", "");
        Crew.opensAccount(address, "\"; filename=\"evil html\"; x=\"");
        HttpBrowser browser = Crew.signedIn(address);
        List<HttpBrowser.Page> files = List.of(
                browser.get("/me/data").formTo("/me/data/json").submit(),
                browser.get("/me/data").formTo("/me/data/html").submit(),
                staff.get("/staff/subscribers/export.csv?newsletter=it-looked-at"));

        for (HttpBrowser.Page file : files) {
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("Content-Disposition").orElse(""))
                    .matches("attachment; filename=\"[a-z0-9.-]{1,80}\"");
            assertThat(file.header("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(file.header("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void mailLinksComeFromTheConfiguredAddressWhateverTheRequestSays_SEC25() throws IOException {
        String address = Site.fresh("host");
        HttpBrowser browser = site().browser();
        String csrf = browser.get("/register").form().value("_csrf");
        String body = "_csrf=" + csrf + "&address=" + address.replace("@", "%40");
        String request = "POST /register HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                + "Forwarded: host=evil.example\r\nSec-Fetch-Site: same-origin\r\nContent-Type: " + FORM
                + "\r\nCookie: __Host-form=" + browser.cookies().get("__Host-form") + "\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;

        String answer = raw(request);

        assertThat(answer).startsWith("HTTP/1.1 303").doesNotContain("evil.example");
        var mail = site().mails().to(address, "Confirm");
        assertThat(mail.link("/confirm/")).startsWith(site().url() + "/confirm/");
        assertThat(mail.raw().text()).doesNotContain("evil");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", site().process().port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // Passwords

    @Test
    void passwordFieldsWorkWithManagersAndCanBeShown_SEC15() {
        HttpBrowser visitor = site().browser();
        String address = Site.fresh("fields");
        Crew.opensAccount(address, "Ada");
        Map<String, HttpBrowser.Page> pages = new LinkedHashMap<>();
        pages.put("current-password", visitor.get("/sign-in"));
        pages.put("new-password", Crew.signedIn(address).get("/me/password"));

        pages.forEach((purpose, page) -> {
            assertThat(page.document().select("input[type=password]"))
                    .isNotEmpty()
                    .allSatisfy(field -> {
                        assertThat(field.attr("autocomplete")).isIn("current-password", "new-password");
                        assertThat(field.attributes().asList())
                                .noneMatch(a -> a.getKey().startsWith("on")
                                        || a.getKey().equals("maxlength"));
                        assertThat(field.closest(".field[data-show]"))
                                .as("site.js adds the button")
                                .isNotNull();
                    });
            assertThat(page.document().select("input[autocomplete=" + purpose + "]"))
                    .isNotEmpty();
            assertThat(page.document().select("script[type=module][src*=js]")).isNotEmpty();
        });
        assertThat(visitor.get("/sign-in").document().select("input[autocomplete=username]"))
                .isNotEmpty();
    }

    /** Each from a network of its own, so that only hashing limits them. More than the pool has connections. */
    @Test
    void manySignInsAtOnceAreAnsweredAndTheSiteStaysUp_SEC19() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                int number = i;
                tries.add(() -> tryToSignIn(number));
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<Integer> answer : people.invokeAll(tries)) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }

            assertThat(statuses.keySet()).as("%s", statuses).isSubsetOf(422, 429, 503);
            assertThat(statuses.getOrDefault(422, 0)).as("%s", statuses).isPositive();
        } finally {
            people.shutdownNow();
        }
        assertThat(site().browser().get("/health/ready").status()).isEqualTo(200);
    }

    private static int tryToSignIn(int number) {
        HttpBrowser browser = site().browser().header("X-Forwarded-For", "203.0." + number + ".9");
        String csrf = browser.get("/sign-in").form().value("_csrf");
        long begin = System.nanoTime();
        int status = browser.request(
                        "POST",
                        "/sign-in",
                        "_csrf=" + csrf + "&address=nobody" + number
                                + "%40example.net&password=wrong+wrong+wrong+wrong",
                        Map.of("Content-Type", FORM))
                .statusCode();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST_ANSWER);
        return status;
    }

    @Test
    void aPasswordOfAMegabyteIsRefusedBeforeItIsHashed_SEC19() {
        HttpBrowser browser = site().browser().header("X-Forwarded-For", "203.0.113.77");
        String csrf = browser.get("/sign-in").form().value("_csrf");
        String body = "_csrf=" + csrf + "&address=" + Site.fresh("long").replace("@", "%40") + "&password="
                + "p".repeat(1_000_000);
        long begin = System.nanoTime();

        int status = browser.request("POST", "/sign-in", body, Map.of("Content-Type", FORM))
                .statusCode();

        assertThat(status).isBetween(400, 499);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    // GET changes nothing

    @Test
    void followingEveryLinkChangesNothingInTheDatabase_SEC40() throws SQLException {
        Assumptions.assumeTrue(site().postgres().isPresent(), "H2 lets nobody else look");
        Map<String, String> before = awaitStanding();
        for (String path : answers.keySet()) {
            if (!path.contains("export.csv")) { // its audit entry is asked for
                get(staff, path);
                staff.request("HEAD", path, "", Map.of());
            }
        }
        for (String path :
                new String[] {"/me/close/erase", "/me/sessions/end-others", "/staff/sending/stop", "/sign-out"}) {
            assertThat(get(staff, path).statusCode()).as(path).isEqualTo(405);
        }

        assertThat(contents()).isEqualTo(before);
    }

    /** Once what earlier tests left to do is done. */
    private static Map<String, String> awaitStanding() throws SQLException {
        Map<String, String> before = contents();
        for (int i = 0; i < 60; i++) {
            TidingsProcess.pause(500);
            Map<String, String> now = contents();
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
        throw new AssertionError("the database does not come to rest");
    }

    /** A digest of every table. When a session was last seen, and that a server is alive, are not changes. */
    private static Map<String, String> contents() throws SQLException {
        Map<String, String> contents = new TreeMap<>();
        try (Connection connection =
                DriverManager.getConnection(site().postgres().orElseThrow(), "postgres", "postgres")) {
            List<String> tables = column(
                    connection,
                    "select table_schema || '.' || table_name from information_schema.tables where table_schema in"
                            + " ('mail', 'accounts', 'newsletter', 'announcements', 'web') and table_type = 'BASE TABLE'");
            for (String table : tables) {
                // Signs of life, and who looked at whom, which is asked for (SEC-51).
                if (!Set.of("mail.nodes", "mail.leases", "mail.data_folders", "accounts.audit_entry")
                        .contains(table)) {
                    contents.put(
                            table,
                            column(
                                            connection,
                                            "select coalesce(md5(string_agg(r, '|' order by r)), '') from (select"
                                                    + " cast(to_jsonb(t) - 'last_seen_at' - 'version' as text) as r from "
                                                    + table + " t) rows")
                                    .get(0));
                }
            }
        }
        assertThat(contents).hasSizeGreaterThan(20);
        return contents;
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
