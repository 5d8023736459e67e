package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What strangers do to the port itself. {@code -Dloads.seconds=60} makes the loads last as long, and then pages, one-click and health have to
 * answer within two seconds; in a build, beside other tests, they last some seconds, and all have to answer. {@code
 * -Dit.database=postgresql} does it on that. The slowest answers are printed.
 */
@Tag("own-process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsIT {

    private static final Path FOLDER = Path.of("target", "it-doors").toAbsolutePath();
    private static final int SECONDS = Integer.getInteger("loads.seconds", 6);
    private static final Duration WITHIN = Duration.ofSeconds(SECONDS >= 60 ? 2 : 20);
    private static final String FORM = "application/x-www-form-urlencoded";

    private TidingsProcess tidings;
    private String oneClickPath;

    @BeforeAll
    void start() {
        tidings = TidingsProcess.in(FOLDER)
                .with("tidings.webhooks.mailgun.key", "0123456789abcdef-mailgun")
                .with("tidings.newsletter.undo.seconds", "0");
        if (System.getProperty("it.database", "h2").equals("postgresql")) {
            Site.usePostgres(tidings);
        }
        tidings.start();
        Newsroom newsroom = Newsroom.openedAt(List.of(tidings));
        newsroom.send(tidings, newsroom.paper(tidings, "doors", 1), "What is at the door");
        oneClickPath = oneClickPathOfAMail();
    }

    /** As a mail program finds it in the local mailbox, which is where mails are without a mail server. */
    private String oneClickPathOfAMail() {
        var browser = new HttpBrowser(tidings.url());
        browser.get(tidings.mailboxPath());
        for (int i = 0; i < 300; i++) {
            for (int mail = 1; mail < 6; mail++) {
                var path = Pattern.compile("List-Unsubscribe: *<http://localhost:[0-9]+(/[^>]+)>")
                        .matcher(browser.request("GET", "/mailbox/" + mail + "/source", "", Map.of())
                                .body()
                                .replace("\r\n ", " "));
                if (path.find()) {
                    return path.group(1);
                }
            }
            TidingsProcess.pause(100);
        }
        throw new AssertionError("no mail with one-click came");
    }

    @AfterAll
    void stop() {
        tidings.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), tidings.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** All that comes back. */
    private String send(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(request);
            } catch (IOException e) {
                // Refused before all of it was sent; the answer may be there all the same.
            }
            return read(socket.getInputStream());
        }
    }

    private static String read(InputStream in) {
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no end: " + all.toString(StandardCharsets.ISO_8859_1), e);
        } catch (IOException e) {
            // Cut off: what came counts.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] get(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] post(String path, String type, String body) {
        return ("POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nContent-Type: "
                        + type + "\r\nCookie: __Host-form=x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Cookies of other applications on the same domain, a CDN's city names: RFC 9110 allows them (REP-03). */
    @ParameterizedTest
    @ValueSource(
            strings = {"Cookie: visitor=J\u00c3\u00bcrgen", "User-Agent: \u00e9\u00ff", "CF-Region: \u00cele-de-France"
            })
    void othersOctetsInAHeaderCostNobodyThePage(String header) throws IOException {
        assertThat(send(get("/", header + "\r\n"))).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"X: a\u0000b", "X: a\rb", "X: a\u007fb", "Cookie: a=\u001b[2J", "Host: other.example"})
    void whatNoHeaderMayHoldIsRefused(String header) throws IOException {
        assertThat(send(get("/", header + "\r\n"))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithOurHeaders_SEC41() throws IOException {
        assertThat(send(get("/%zz", "")))
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Security-Policy: ", "X-Content-Type-Options: nosniff", "<p lang=\"de\">");
    }

    /** What nginx and others send when they are told nothing, and what they pass on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: example.org",
                "X-Real-IP: 203.0.113.9",
                "Forwarded: for=203.0.113.9",
                "Via: 1.1 proxy",
                "CF-Connecting-IP: 203.0.113.9",
                "True-Client-IP: 203.0.113.9",
            })
    void whoeverComesThroughAProxyIsNotAtThisMachine_SEC70(String header) throws IOException {
        for (String path : List.of("/mailbox", "/health/ready", "/metrics", "/openapi")) {
            assertThat(send(get(path, mailboxKey()))).as(path).startsWith("HTTP/1.1 200 ");
            assertThat(send(get(path, mailboxKey() + header + "\r\n"))).as(path).startsWith("HTTP/1.1 404 ");
        }
    }

    /** Others may be at this machine, too. */
    @Test
    void opensTheMailboxToWhoHasTheAddressThatWasPrinted_SEC70() throws IOException {
        var browser = new HttpBrowser(tidings.url());
        assertThat(browser.get("/mailbox").status()).isEqualTo(403);
        assertThat(browser.get("/mailbox/key/AAAAAAAAAAAAAAAAAAAAAA").status()).isEqualTo(403);
        assertThat(browser.get("/mailbox/1/source").status()).isEqualTo(403);

        assertThat(browser.get(tidings.mailboxPath()).path()).isEqualTo("/mailbox");
        assertThat(browser.get("/mailbox").status()).isEqualTo(200);
        assertThat(send(get(tidings.mailboxPath(), "X-Forwarded-For: 203.0.113.9\r\n")))
                .startsWith("HTTP/1.1 404 ");
    }

    private String mailboxKey() {
        return "Cookie: __Host-mailbox=" + tidings.mailboxPath().replace("/mailbox/key/", "") + "\r\n";
    }

    @Test
    void neitherIsWhoeverUsesAnotherNameOrAnOldProtocol_SEC70() throws IOException {
        for (String path : List.of("/mailbox", "/health/ready", "/metrics", "/openapi")) {
            String other = new String(get(path, mailboxKey()), StandardCharsets.ISO_8859_1)
                    .replace("Host: localhost", "Host: evil.example");
            String old =
                    "GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1:" + tidings.port() + "\r\n" + mailboxKey() + "\r\n";

            assertThat(send(other.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(path)
                    .startsWith("HTTP/1.1 404 ");
            assertThat(send(old.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(path)
                    .contains(" 404 ")
                    .startsWith("HTTP/1.");
        }
    }

    /** What one server takes for the body's end, another takes for the next request (RFC 9112 sections 5.1, 6.1 and 6.3). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "transfer-ENCODING: Chunked\r\nCONTENT-length:5",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: xchunked\r\nContent-Length: 5",
                "Transfer-Encoding : chunked",
                "Content-Length : 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: +5",
                "Content-Length: 5, 5",
            })
    void aBodyWhoseEndTwoServersSeeElsewhereIsRefused_REVL5(String lengths) throws IOException {
        assertThat(smuggled(lengths)).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
    }

    @Test
    void nothingIsTakenForARequestBehindAChunkedBody() throws IOException {
        assertThat(smuggled("Transfer-Encoding: chunked"))
                .startsWith("HTTP/1.1 403 ")
                .containsOnlyOnce("HTTP/1.1 ")
                .doesNotContain("\"checks\"");
    }

    private String smuggled(String lengths) throws IOException {
        return send(("POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM + "\r\n" + lengths
                        + "\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void connectionsOfOneClientTakeNobodyElsesAway_SEC19() throws IOException {
        InetAddress crowd = InetAddress.getByName("127.0.0.2");
        List<Socket> held = new ArrayList<>();
        try {
            int closed = 0;
            for (int i = 0; i < 560; i++) {
                var socket = new Socket();
                held.add(socket);
                socket.bind(new InetSocketAddress(crowd, 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), tidings.port()));
                socket.setSoTimeout(20_000);
            }
            // The last ones were closed at once; the first ones are open and answer.
            for (Socket socket : held.subList(520, 560)) {
                closed += endsAtOnce(socket) ? 1 : 0;
            }
            assertThat(closed).isEqualTo(40);
            assertThat(send(get("/", ""))).startsWith("HTTP/1.1 200 ");
            held.get(0).getOutputStream().write(get("/", ""));
            assertThat(read(held.get(0).getInputStream())).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        assertThat(answersFrom(crowd)).as("who has left makes room").isTrue();
        assertThat(send(get("/metrics", "")))
                .containsPattern("http_refused_total\\{reason=\"connections\"} [4-9][0-9]");
        assertThat(tidings.logged())
                .contains("connections were closed at once: their client had 512 open.")
                .doesNotContain(crowd.getHostAddress());
    }

    private boolean answersFrom(InetAddress address) throws IOException {
        for (int i = 0; i < 100; i++) {
            try (var socket = new Socket()) {
                socket.bind(new InetSocketAddress(address, 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), tidings.port()));
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(get("/", ""));
                if (read(socket.getInputStream()).startsWith("HTTP/1.1 200 ")) {
                    return true;
                }
            } catch (SocketException e) {
                // The server has not noticed yet that the others are gone.
            }
            TidingsProcess.pause(100);
        }
        return false;
    }

    private static boolean endsAtOnce(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Test
    void nobodyTalksHttp2WithoutTls_REVM1() throws IOException {
        assertThat(send(get(
                        "/",
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n")))
                .startsWith("HTTP/1.1 ")
                .doesNotStartWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sign-in",
                "/register",
                "/reset",
                "/subscribe",
                "/u/abc",
                "/csp-reports",
                "/api/v1/accounts/search"
            })
    void moreThanAnybodyTypesIsRefusedBeforeItIsRead_SEC19(String path) throws IOException {
        assertThat(send(post(path, FORM, "a=" + "b".repeat(9_000))))
                .startsWith("HTTP/1.1 413 ")
                .contains("Content-Security-Policy: ");
    }

    /** An issue that was typed until the session had ended is shown again to be sent again. */
    @Test
    void aLargeFormComesAlongToTheSignIn() throws IOException {
        String request = new String(
                        post("/sign-in?for=%2Fstaff%2Fissues%2Fnew", FORM, "_csrf=x&markdown=" + "b".repeat(600_000)),
                        StandardCharsets.ISO_8859_1)
                .replace("Cookie: __Host-form=x", "Cookie: __Host-session=x");

        assertThat(send(request.getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("HTTP/1.1 200 ")
                .contains("b".repeat(1_000));
    }

    /** Signed out in another tab, the browser is still one that somebody signed in with; and from the sign-in it goes on. */
    @ParameterizedTest
    @CsvSource({
        "/sign-in?for=%2Fstaff%2Fissues%2Fnew, 200",
        "/sign-in?kept, 403",
        "/sign-in?keptx, 413",
        "/register?kept, 413"
    })
    void aLargeFormComesAlongThoughNobodyIsSignedIn_MBR18(String path, int status) throws IOException {
        String request = new String(
                        post(path, FORM, "_csrf=x&markdown=" + "b".repeat(600_000)), StandardCharsets.ISO_8859_1)
                .replace("Cookie: __Host-form=x", "Cookie: __Host-device=x");

        assertThat(send(request.getBytes(StandardCharsets.ISO_8859_1))).startsWith("HTTP/1.1 " + status + " ");
    }

    /** Whoever wants to leave by a link that was broken on its way gets on from the refusal. */
    @Test
    void aBrokenAddressLeadsOn_REP12() throws IOException {
        assertThat(send(get("/u/abc%", ""))).startsWith("HTTP/1.1 400 ").contains("href=\"/manage\"");
    }

    /** What goes through unread is what only staff reach, however the way there is written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/staff/../sign-in",
                "/staff/./../sign-in",
                "/api/../sign-in",
                "/staff/%2e%2e/sign-in",
                "/staff;x/../sign-in",
                "/staff//../sign-in"
            })
    void noDetourLeadsALargeBodyIn_SEC19(String path) throws IOException {
        String request = new String(post(path, FORM, "a=" + "b".repeat(70_000)), StandardCharsets.ISO_8859_1)
                .replace("Cookie: __Host-form=x", "Cookie: __Host-form=x; __Host-session=x\r\nAuthorization: Bearer x");

        assertThat(send(request.getBytes(StandardCharsets.ISO_8859_1))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void moreFieldsThanAnyFormHasAreRefused_SEC19() throws IOException {
        String fields = IntStream.range(0, 201).mapToObj(i -> i + "=").collect(Collectors.joining("&"));

        assertThat(send(post("/sign-in", FORM, fields))).startsWith("HTTP/1.1 400 ");
    }

    /** As Java's client sends: it offers HTTP/2, and the body comes by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
            })
    void aBodyThatComesInPiecesIsTakenIn(String offer) throws IOException {
        try (Socket socket = connect()) {
            for (String piece : List.of(
                    "POST /u/abc HTTP/1.1\r\nHost: localhost\r\n" + offer
                            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n\r\n",
                    "List-Unsubscribe",
                    "=One-Click")) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                TidingsProcess.pause(200); // so that it is read by itself
            }
            socket.setSoTimeout(5_000);
            byte[] answer = socket.getInputStream().readNBytes(12);

            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 404");
        }
    }

    /** Where the body is read to its end: the client waited for half a minute, and was told of a fault of ours. */
    @ParameterizedTest
    @CsvSource({"/register, 30, __Host-form", "/sign-in?for=%2Fstaff%2Fissues%2Fnew, 100000, __Host-session"})
    void theEndOfABodyIsSeenWhateverElseIsOffered(String path, int octets, String cookie) throws IOException {
        String body = "a=" + "b".repeat(octets);
        String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "=x\r\n"
                + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n";
        try (Socket socket = connect()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((request + body).getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readNBytes(12);

            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isIn("HTTP/1.1 403", "HTTP/1.1 200");
        }
    }

    @Test
    void aFieldWithoutAnEqualsSignIsNoFaultOfOurs() throws IOException {
        assertThat(send(post("/sign-in", FORM, "_csrf=x&y"))).startsWith("HTTP/1.1 403 ");
    }

    /** Pages while strangers do something: every one is answered. */
    private void pagesAnswerWhile(int strangers, Callable<String> something) {
        long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(strangers + 1);
        try {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < strangers; i++) {
                all.add(pool.submit(() -> {
                    List<String> answers = new ArrayList<>();
                    do {
                        answers.add(something.call());
                    } while (System.nanoTime() < until);
                    return answers;
                }));
            }
            Future<Map<String, Duration>> slowest = pool.submit(() -> slowestUntil(until));
            assertThat(slowest.get().values())
                    .allSatisfy(longest -> assertThat(longest).isLessThan(WITHIN));
            for (Future<List<String>> one : all) {
                assertThat(one.get())
                        .allMatch(answer -> !answer.startsWith("HTTP/1.1 5") || answer.startsWith("HTTP/1.1 503"));
            }
            assertThat(tidings.isAlive()).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private Map<String, Duration> slowestUntil(long until) throws IOException {
        Map<String, byte[]> asked = new LinkedHashMap<>();
        for (String path : List.of("/", "/announcements", "/health/live", "/health/ready", "/metrics")) {
            asked.put(path, get(path, ""));
        }
        asked.put("one-click", post(oneClickPath, FORM, "List-Unsubscribe=One-Click"));
        Map<String, Duration> slowest = new LinkedHashMap<>();
        do {
            for (var one : asked.entrySet()) {
                long begun = System.nanoTime();
                assertThat(send(one.getValue())).as(one.getKey()).startsWith("HTTP/1.1 200 ");
                slowest.merge(
                        one.getKey(),
                        Duration.ofNanos(System.nanoTime() - begun),
                        (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        } while (System.nanoTime() < until);
        System.out.println("slowest: " + slowest);
        return slowest;
    }

    /** Each for an account and from a network of its own, so that none is told to come later before the password is hashed. */
    @Test
    void signInsOfTwoHundredAtOnceStopNobody_SEC19() throws IOException {
        String page = send(get("/sign-in", ""));
        String cookie = found("Set-Cookie: (__Host-form=[^;]+)", page);
        String body = "_csrf=" + found("name=\"_csrf\" value=\"([^\"]+)\"", page)
                + "&address=nobody12345%40example.net&password=wrong+wrong+wrong+wrong";
        String request =
                new String(post("/sign-in", FORM, body), StandardCharsets.ISO_8859_1).replace("__Host-form=x", cookie);
        var networks = new AtomicInteger();

        pagesAnswerWhile(200, () -> {
            int network = networks.incrementAndGet() % 60_000;
            try (var socket = new Socket()) {
                socket.bind(new InetSocketAddress("127." + (1 + network / 250) + "." + network % 250 + ".9", 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), tidings.port()));
                socket.setSoTimeout(60_000);
                socket.getOutputStream()
                        .write(request.replace("nobody12345", "nobody" + (10_000 + network))
                                .getBytes(StandardCharsets.ISO_8859_1));
                return read(socket.getInputStream());
            }
        });
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    @Test
    void formsWithHalfAMillionFieldsStopNobody_SEC19() {
        byte[] request = post(
                "/sign-in",
                FORM,
                IntStream.range(0, 524_000)
                        .mapToObj(i -> Integer.toString(i, 36) + "=")
                        .collect(Collectors.joining("&")));

        pagesAnswerWhile(20, () -> send(request));
    }

    @Test
    void bodiesThatDripStopNobody_SEC19() {
        pagesAnswerWhile(70, () -> {
            try (Socket socket = connect()) {
                socket.setSoTimeout(200);
                byte[] head = new String(post("/sign-in", FORM, " ".repeat(1_000)), StandardCharsets.ISO_8859_1)
                        .stripTrailing()
                        .concat("\r\n\r\na")
                        .getBytes(StandardCharsets.ISO_8859_1);
                socket.getOutputStream().write(head);
                long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
                while (System.nanoTime() < until) {
                    try {
                        socket.getOutputStream().write('b');
                        if (socket.getInputStream().read() >= 0) {
                            return "answered";
                        }
                        return "closed";
                    } catch (SocketTimeoutException e) {
                        // Nothing yet: on it drips.
                    } catch (IOException e) {
                        return "cut";
                    }
                }
                return "held";
            }
        });
    }

    @Test
    void webhooksThatNobodySignedStopNobody_SEC19() {
        String json =
                IntStream.range(0, 90_000).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        byte[] request = post("/webhooks/mailgun", "application/json", json);
        assertThat(json.length()).isLessThan(1024 * 1024);

        pagesAnswerWhile(60, () -> send(request));
    }
}
