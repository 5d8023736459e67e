package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the first moment of a start until it is ready, or says why it cannot be. */
@Tag("own-process")
class StartingIT {

    private static final Path FOLDER = Path.of("target", "it-starting").toAbsolutePath();
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `(tidings\\.[^`]+)` \\|");
    private static final String CONTROL = "a\u0007b";

    /** What no key of this kind can be; every other one gets a control character. */
    private static final Map<String, String> WRONG = Map.ofEntries(
            Map.entry("tidings.public.url", "https://example.org/news/"),
            Map.entry("tidings.site.zone", "Mars/Olympus"),
            Map.entry("tidings.smtp.url", "smtp://user:100%pw@mail.example.org"),
            Map.entry("tidings.smtp.<name>.url", "mail.example.org"),
            Map.entry("tidings.smtp.connections", "0"),
            Map.entry("tidings.smtp.<name>.weight", "heavy"),
            Map.entry("tidings.mail.retries", "PT5M,,PT1H"),
            Map.entry("tidings.mail.takeover.after", "PT5S"),
            Map.entry("tidings.mail.reply-to", "nobody"),
            Map.entry("tidings.secret", "c2hvcnQ="),
            Map.entry("tidings.webhooks.mailgun.key", "hunter2"),
            Map.entry("tidings.state.access", "everybody"),
            Map.entry("tidings.http.trusted-proxies", "10.0.0.0/99"),
            Map.entry("tidings.announcements.undo.minutes", "soon"),
            Map.entry("tidings.accounts.reactivation.days", "0"),
            Map.entry("tidings.newsletter.import.rows", "1e6"),
            Map.entry("tidings.mailbox", "yes"),
            Map.entry("tidings.db.url", "jdbc:oracle:thin:@db"));

    /** What the first JVM needs itself. */
    private static final Set<String> LAUNCHERS = Set.of(
            "tidings.http.port",
            "tidings.http.address",
            "tidings.data.dir",
            "tidings.java.home",
            "tidings.java.options",
            "tidings.java.cache",
            "tidings.runtime.dir",
            "tidings.stop.patience",
            "tidings.stop.delay",
            // Asked for by the commands.
            "tidings.backup.postgres.tools");

    /** An answer's first line and headers, or why there was none. */
    private record Answer(String status, Map<String, String> headers) {}

    private static Answer ask(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            @Nullable String first = in.readLine();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
            }
            return new Answer(first == null ? "none" : first.substring(9, 12), headers);
        } catch (ConnectException e) {
            return new Answer("refused", Map.of());
        } catch (SocketException e) {
            return new Answer("cut", Map.of());
        }
    }

    /** Who brings an opt-out or a bounce takes 404 for the last word. */
    @Test
    void saysFromTheFirstMomentThatItComesBack() throws IOException {
        List<String> requests = List.of(
                "GET /", "POST /u/abc", "POST /webhooks/ses", "GET /announcements.atom", "HEAD /", "GET /health/ready");
        Map<String, Integer> seen = new TreeMap<>();
        List<Answer> early = new ArrayList<>();
        try (var tidings = TidingsProcess.in(FOLDER.resolve("polled")).launch()) {
            boolean ready = false;
            for (int i = 0; !ready && tidings.isAlive(); i++) {
                Answer answer = ask(tidings.port(), requests.get(i % requests.size()));
                ready = ask(tidings.port(), "GET /health/ready").status().equals("200");
                if (!ready) {
                    seen.merge(answer.status(), 1, Integer::sum);
                    if (answer.status().equals("503")) {
                        early.add(answer);
                    }
                }
                TidingsProcess.pause(20);
            }

            assertThat(seen.keySet()).isSubsetOf("refused", "cut", "503");
            assertThat(early)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(answer -> assertThat(answer.headers())
                            .containsKeys("Retry-After", "Content-Security-Policy", "X-Content-Type-Options")
                            .doesNotContainKey("Server"));
            assertThat(listening(tidings)).as("ports that anybody can reach").containsExactly(tidings.port());
        }
    }

    private static Set<Integer> listening(TidingsProcess tidings) {
        return tidings.servers().stream().flatMap(StartingIT::listening).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Integer> listening(ProcessHandle process) {
        Path of = Path.of("/proc", Long.toString(process.pid()));
        Assumptions.assumeTrue(Files.isDirectory(of), "*** SKIPPED: no /proc to look up open ports in");
        try (Stream<Path> files = Files.list(of.resolve("fd"))) {
            Set<String> own = files.map(StartingIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.replaceAll("[^0-9]", ""))
                    .collect(Collectors.toSet());
            return Stream.of("tcp", "tcp6")
                    .flatMap(family -> lines(of.resolve("net").resolve(family)))
                    .map(line -> line.strip().split("\\s+"))
                    .filter(line -> line[3].equals("0A") && own.contains(line[9]))
                    .map(line -> Integer.parseInt(line[1].substring(line[1].lastIndexOf(':') + 1), 16))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().skip(1);
        } catch (IOException e) {
            return Stream.of();
        }
    }

    @Test
    void namesEveryKeyThatCannotBe_REP13_REP14() throws IOException {
        List<String> keys = KEY.matcher(Files.readString(Path.of("..", "docs", "operating.md")))
                .results()
                .map(key -> key.group(1))
                .filter(key -> !LAUNCHERS.contains(key))
                .toList();
        assertThat(keys).hasSizeGreaterThan(50);
        try (var tidings = TidingsProcess.in(FOLDER.resolve("wrong"))) {
            keys.forEach(key -> tidings.with(key.replace("<name>", "spare"), WRONG.getOrDefault(key, CONTROL)));

            assertThat(tidings.launch().awaitEnd()).isEqualTo(1);

            String said = tidings.printed();
            assertThat(said).contains("Tidings cannot start: ");
            assertThat(keys)
                    .allSatisfy(key -> assertThat(said)
                            .containsPattern(
                                    "(?i)" + key.replace("<name>", "spare").replaceAll("[^a-z0-9]", "[^a-z0-9]")
                                            + "[^\n]+, which is not "));
            assertThat(said).doesNotContain("100%pw", "hunter2", "\u0007").doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tidings.http.port, 80800",
        "tidings.http.port, http",
        "tidings.http.address, 203.0.113.9",
        "tidings.data.dir, /proc/nowhere",
        "tidings.java.home, /usr",
        "tidings.stop.patience, 30",
        "tidings.stop.delay, -PT1S",
        "tidings.java.options, -XX:+NoSuchFlag",
        "tidings.java.cache, yes",
        "tidings.runtime.dir, /proc/nowhere",
    })
    void namesWhatTheFirstJvmCannotDoWith(String key, String value) {
        try (var tidings = TidingsProcess.in(FOLDER.resolve("launcher")).with(key, value)) {
            assertThat(tidings.launch().awaitEnd()).isEqualTo(1);

            assertThat(tidings.printed()).contains(key, value).doesNotContain("Exception in thread");
        }
    }

    /** What {@code java} is on many machines is older than the server needs. */
    @Test
    void findsANewerJavaThanTheOneItIsStartedWith() {
        // And in a folder whose name says much to shells, URLs and log patterns.
        try (var tidings = TidingsProcess.in(FOLDER.resolve("Süd & 'Nord' 100%20,#+$b"))
                .startedBy("java")
                .with("tidings.site.name", "Süd & Nord")
                .with("tidings.public.url", "https://bücher.example/")
                .start()) {

            assertThat(tidings.printed()).containsPattern("tidings.public.url +https://xn--bcher-kva.example");
            var browser = new HttpBrowser(tidings.url());
            assertThat(browser.get("/").body()).contains("Süd &amp; Nord");
            assertThat(browser.get("/mailbox").status())
                    .as("the site has another address than this machine's")
                    .isEqualTo(404);
        }
    }

    /** Made before the tests by {@code java -jar tidings.jar prepare}. One that does not fit is dropped without a word. */
    @Test
    void usesWhatJavaHasKeptOfItsClasses() throws IOException {
        assumeTrue(hasKeptClasses(), "nothing is prepared for Java " + Runtime.version());
        try (var tidings = TidingsProcess.in(FOLDER.resolve("prepared")).start()) {
            assertThat(Files.readString(of(tidings.servers().get(0), "maps")))
                    .containsPattern("/classes-[0-9a-f]{12}\\.aot");
        }
    }

    private static boolean hasKeptClasses() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of("target/it-runtime"),
                2,
                (path, attributes) -> attributes.size() > 0 && path.toString().endsWith(".aot"))) {
            return files.findAny().isPresent();
        }
    }

    /** What makes it knows nothing of the site, and goes with it. */
    @Test
    void makesItsCacheOfClassesBesideASiteWithoutItsConfiguration() throws IOException {
        assumeTrue(
                Runtime.version().feature() >= 25, "Java keeps its classes from 25 on; this is " + Runtime.version());
        try (var tidings = TidingsProcess.in(FOLDER.resolve("classes"))
                .with("tidings.runtime.dir", "")
                .with("tidings.site.name", "Not for training")
                .start()) {
            ProcessHandle making = tidings.awaitServer("-XX:AOTCacheOutput=");
            assertThat(Files.readString(of(making, "environ"), StandardCharsets.ISO_8859_1))
                    .contains("TIDINGS_DATA_DIR=" + tidings.data().resolve("runtime"))
                    .doesNotContain("Not for training");

            assertThat(tidings.stop()).isEqualTo(128 + 15);
            making.onExit().orTimeout(20, TimeUnit.SECONDS).join();
            try (Stream<Path> files = Files.find(
                    tidings.data(), 4, (path, attributes) -> path.toString().endsWith(".aot"))) {
                assertThat(files)
                        .as("that it could not be made was not found out")
                        .isEmpty();
            }
        }
    }

    private static Path of(ProcessHandle process, String what) {
        return Path.of("/proc", Long.toString(process.pid()), what);
    }
}
