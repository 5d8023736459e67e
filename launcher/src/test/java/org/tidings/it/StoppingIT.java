package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.ScriptedSmtpServer;
import org.tidings.mail.testing.ScriptedSmtpServer.Mail;

/** What SIGTERM does in the middle of a mailing: a drain; and what it does when it comes again. */
@Tag("own-process")
class StoppingIT {

    private static final Path FOLDER = Path.of("target", "it-stopping").toAbsolutePath();
    private static final int READERS = 300;
    /** Of the server, over each mail: so slow that it is not told of the next one ahead. */
    private static final long SLOW_MILLIS = 500;
    /** From the flag that makes the node not ready to the last sender that had looked before it, on a machine that has much to do. */
    private static final Duration NOTICED = Duration.ofSeconds(1);

    private static final Duration DELAY = Duration.ofSeconds(12);
    /** Before the end of the delay, so that a slow answer is still within it. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** To staff, that there is a new token. */
    private static final int LETTERS = 1;

    /** Mails to readers. */
    private final List<Long> begun = new CopyOnWriteArrayList<>();

    @Test
    void drainsAtTheFirstSignalAndEndsAtOnceAtTheSecond() throws SQLException {
        try (var server = ScriptedSmtpServer.started().tellBegun(this::begun);
                var tidings = TidingsProcess.in(FOLDER.resolve("drain"))
                        .with("tidings.smtp.url", "smtp://127.0.0.1:" + server.port() + "?tls=none")
                        .with("tidings.mail.receiving.limits", "off")
                        .with("tidings.newsletter.undo.seconds", "0")
                        .with("tidings.stop.delay", DELAY.toString())
                        .start()) {
            Desk desk = Desk.opened(tidings);
            await(() -> server.accepted() == LETTERS, "the mail about her token");
            server.pauseAtContent(SLOW_MILLIS);
            String mailing = desk.send("First");
            await(() -> begun.size() >= 10, "ten mails begun");

            long signalled = System.nanoTime();
            tidings.terminateServer();
            tidings.awaitStatus("/health/ready", 503);
            long notReady = System.nanoTime();
            int answers = 0;
            while (System.nanoTime() - signalled < DELAY.minus(MARGIN).toNanos()) {
                assertThat(new HttpBrowser(tidings.url()).get("/").status())
                        .as("to visitors, while a proxy still sends some")
                        .isEqualTo(200);
                answers++;
            }

            assertThat(tidings.awaitEnd()).isEqualTo(143);
            assertThat(answers).isPositive();
            assertThat(begun)
                    .as("begun after the node said that it is not ready")
                    .filteredOn(at -> at > notReady + NOTICED.toNanos())
                    .isEmpty();
            assertThat(server.accepted() - LETTERS)
                    .as("answered")
                    .isEqualTo(begun.size())
                    .isLessThan(READERS);
            assertThat(number(tidings, "select count(*) from mail.nodes")).isZero();
            assertThat(number(tidings, "select count(*) from mail.claims")).isZero();
            assertThat(number(tidings, "select count(*) from mail.deliveries")).isEqualTo(begun.size());
            assertThat(journals(tidings)).isEmpty();

            server.pauseAtContent(0);
            tidings.start();
            JsonObject finished = desk.awaitFinished(mailing);
            assertThat(finished.getInt("sent")).isEqualTo(READERS);
            assertThat(finished.getInt("doubtful")).isZero();
            assertThat(server.mails())
                    .hasSize(READERS + LETTERS)
                    .extracting(Mail::to)
                    .doesNotHaveDuplicates();

            server.pauseAtContent(60_000);
            int before = begun.size();
            desk.send("Second");
            await(() -> begun.size() >= before + 3, "three mails in flight");
            tidings.terminate();
            tidings.awaitStatus("/health/ready", 503);
            TidingsProcess.pause(1_500);
            long again = System.nanoTime();
            tidings.terminate();

            assertThat(tidings.awaitEnd()).isNotZero();
            assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(Duration.ofSeconds(20));
            assertThat(journals(tidings)).as("what the next start reads").isNotEmpty();
        }
    }

    private void begun(String to, long at) {
        if (!to.contains("root@")) {
            begun.add(at);
        }
    }

    @Test
    void refusesATakeoverOfNodesThatLive() {
        try (var tidings = TidingsProcess.in(FOLDER.resolve("refused")).with("tidings.mail.takeover.after", "PT5S")) {
            tidings.launch();

            assertThat(tidings.awaitEnd()).isEqualTo(1);
            assertThat(tidings.printed())
                    .contains("tidings.mail.takeover.after is \"PT5S\", which is not an ISO 8601 duration from PT30S");
        }
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited two minutes for " + what);
            }
            TidingsProcess.pause(20);
        }
    }

    private static List<Path> journals(TidingsProcess tidings) {
        try (Stream<Path> files = Files.list(tidings.data().resolve("mail"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the embedded database, which nobody has open. */
    private static long number(TidingsProcess tidings, String query) throws SQLException {
        String url = "jdbc:h2:file:" + tidings.data().resolve("tidings")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "tidings", "");
                ResultSet result = connection.createStatement().executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Whoever sends, by the JSON API. */
    private record Desk(TidingsProcess tidings, String token, String newsletter) {

        private static final String FORM = "application/x-www-form-urlencoded";

        static Desk opened(TidingsProcess tidings) {
            var browser = new HttpBrowser(tidings.url());
            tidings.awaitPrinted("/setup/");
            String path = tidings.setupPath().orElseThrow();
            String password = Crew.PASSWORD.replace(' ', '+');
            browser.request(
                    "POST",
                    path,
                    "_csrf=" + browser.get(path).form().value("_csrf")
                            + "&name=Root&address=root%40example.net&password=" + password
                            + "&role=EDITOR&role=PUBLISHER&role=ADMINISTRATOR",
                    Map.of("Content-Type", FORM));
            String csrf = browser.get("/me/tokens").formTo("/me/tokens").value("_csrf");
            String token = Jsoup.parse(browser.request(
                                    "POST",
                                    "/me/tokens",
                                    "_csrf=" + csrf
                                            + "&label=t&days=30&scope=NEWSLETTERS_WRITE&scope=NEWSLETTERS_SEND&scope=SUBSCRIBERS",
                                    Map.of("Content-Type", FORM))
                            .body())
                    .select("main code")
                    .text();
            var desk = new Desk(tidings, token, "");
            String newsletter = desk.call(
                            "POST",
                            "/newsletters",
                            Json.createObjectBuilder()
                                    .add("slug", "stopped")
                                    .add("name", "Stopped")
                                    .add("description", "News.")
                                    .add("language", "en")
                                    .add("cadence", "weekly")
                                    .build()
                                    .toString(),
                            "application/json")
                    .getString("id");
            String readers = IntStream.range(0, READERS)
                    .mapToObj(i -> "reader-" + i + "@example.org")
                    .collect(Collectors.joining("\n", "address\n", "\n"));
            desk.call(
                    "POST",
                    "/newsletters/" + newsletter + "/subscribers?basis=They%20signed%20a%20list%20at%20our%20desk.",
                    readers,
                    "text/csv");
            return new Desk(tidings, token, newsletter);
        }

        /** Returns the mailing. */
        String send(String subject) {
            JsonObject draft = call(
                    "POST",
                    "/newsletters/" + newsletter + "/issues",
                    Json.createObjectBuilder()
                            .add("subject", subject)
                            .add("markdown", "Good evening, {{name}}.")
                            .build()
                            .toString(),
                    "application/json");
            return call(
                            "POST",
                            "/issues/" + draft.getString("id") + "/send",
                            "{\"version\":" + draft.getInt("version") + "}",
                            "application/json")
                    .getString("mailing");
        }

        JsonObject awaitFinished(String mailing) {
            Optional<JsonObject> now = Optional.empty();
            for (int i = 0; i < 1_200; i++) {
                now = Optional.of(call("GET", "/mailings/" + mailing, "", "application/json"));
                if (now.get().getString("state").equals("finished")) {
                    return now.get();
                }
                TidingsProcess.pause(100);
            }
            throw new AssertionError("not finished within two minutes: " + now);
        }

        private JsonObject call(String method, String path, String body, String type) {
            HttpResponse<String> response = new HttpBrowser(tidings.url())
                    .request(
                            method,
                            "/api/v1" + path,
                            body,
                            Map.of(
                                    "Authorization",
                                    "Bearer " + token,
                                    "Idempotency-Key",
                                    UUID.randomUUID().toString(),
                                    "Content-Type",
                                    type,
                                    "Accept",
                                    "application/json"));
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
            }
            try (var reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject();
            }
        }
    }
}
