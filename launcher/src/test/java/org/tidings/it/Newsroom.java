package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/**
 * Those who write to many, by the JSON API of whichever node is asked: opens the site, makes newsletters with their readers, sends
 * issues, reads the books. One for all nodes of a database.
 */
final class Newsroom {

    private static final String ADMINISTRATOR = "root@example.net";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
    private static final int PAGE = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String token;
    private int papers;

    private Newsroom(String token) {
        this.token = token;
    }

    /** Opens the first administrator's account on a site that nobody has used, and takes an API token for her. */
    static Newsroom openedAt(List<TidingsProcess> nodes) {
        // Each start makes a link that takes the place of the one before.
        TidingsProcess node = nodes.stream()
                .filter(one -> new HttpBrowser(one.url()).get(setupPath(one)).status() == 200)
                .findFirst()
                .orElseThrow();
        HttpBrowser browser = new HttpBrowser(node.url());
        String path = setupPath(node);
        String roles = Stream.of("EDITOR", "PUBLISHER", "ADMINISTRATOR")
                .map(role -> "&role=" + role)
                .collect(Collectors.joining());
        posted(
                303,
                browser.request(
                        "POST",
                        path,
                        "_csrf=" + browser.get(path).form().value("_csrf") + "&name=Root&address="
                                + encoded(ADMINISTRATOR) + "&password=" + encoded(Crew.PASSWORD) + roles,
                        Map.of("Content-Type", FORM)));
        return new Newsroom(newToken(browser));
    }

    /** Signs in on a site that a newsroom has opened before. */
    static Newsroom signedInAt(TidingsProcess node) {
        HttpBrowser browser = new HttpBrowser(node.url());
        assertThat(Crew.signIn(browser, ADMINISTRATOR, Crew.PASSWORD).path()).isEqualTo("/staff");
        return new Newsroom(newToken(browser));
    }

    private static String newToken(HttpBrowser browser) {
        String csrf = browser.get("/me/tokens").formTo("/me/tokens").value("_csrf");
        HttpResponse<String> made = browser.request(
                "POST",
                "/me/tokens",
                "_csrf=" + csrf
                        + "&label=proofs&days=30&scope=NEWSLETTERS_WRITE&scope=NEWSLETTERS_SEND&scope=SUBSCRIBERS",
                Map.of("Content-Type", FORM));
        return Jsoup.parse(made.body()).select("main code").text();
    }

    /** Printed a moment after the site has become ready. */
    private static String setupPath(TidingsProcess node) {
        node.awaitPrinted("/setup/");
        return node.setupPath().orElseThrow();
    }

    /** A newsletter and the addresses of all who read it. */
    record Paper(String id, String slug, List<String> readers) {}

    /** A newsletter with so many readers whom nobody else has: {@code name-1-1@example.org}, … */
    Paper paper(TidingsProcess node, String name, int readers) {
        String slug = name + "-" + ++papers;
        return paper(
                node,
                slug,
                IntStream.rangeClosed(1, readers)
                        .mapToObj(i -> slug + "-" + i + "@example.org")
                        .toList());
    }

    /** A newsletter with these readers. */
    Paper paper(TidingsProcess node, String slug, List<String> readers) {
        JsonObject made = json(
                201,
                call(
                        node,
                        "POST",
                        "/newsletters",
                        Json.createObjectBuilder()
                                .add("slug", slug)
                                .add("name", "The " + slug)
                                .add("description", "What is proved.")
                                .add("language", "en")
                                .add("cadence", "now and then")
                                .build()
                                .toString()));
        String id = made.getString("id");
        String csv = readers.stream().collect(Collectors.joining("\n", "address\n", "\n"));
        JsonObject report = imported(
                node,
                send(
                        node,
                        "POST",
                        "/newsletters/" + id + "/subscribers?basis=They%20signed%20a%20list%20at%20our%20desk.",
                        csv,
                        request -> request.setHeader("Content-Type", "text/csv")));
        if (report.getInt("added") != readers.size()) {
            throw new AssertionError("imported: " + report);
        }
        return new Paper(id, slug, readers);
    }

    /** The report, at once or when the background has done it. */
    private JsonObject imported(TidingsProcess node, HttpResponse<String> answer) {
        if (answer.statusCode() != 202) {
            return json(200, answer);
        }
        return awaitImported(node, jobOf(answer)).getJsonObject("report");
    }

    private static String jobOf(HttpResponse<String> answer) {
        String where = answer.headers().firstValue("Location").orElseThrow();
        return where.substring(where.indexOf("/imports/"));
    }

    /** Begins to import a list that is long enough for the background. Returns where to look. */
    String begin(TidingsProcess node, Paper paper, String csv) {
        HttpResponse<String> answer = send(
                node,
                "POST",
                "/newsletters/" + paper.id() + "/subscribers?basis=They%20signed%20a%20list%20at%20our%20desk.",
                csv,
                request -> request.setHeader("Content-Type", "text/csv"));
        posted(202, answer);
        return jobOf(answer);
    }

    /** How far an import is. */
    JsonObject look(TidingsProcess node, String job) {
        return json(200, call(node, "GET", job, ""));
    }

    /** The import when it is done. */
    JsonObject awaitImported(TidingsProcess node, String job) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        JsonObject now = look(node, job);
        while (!now.getString("state").equals("done")) {
            if (System.nanoTime() > deadline || now.getString("state").equals("failed")) {
                throw new AssertionError("not imported: " + now);
            }
            TidingsProcess.pause(300);
            now = look(node, job);
        }
        return now;
    }

    /** How many stand with a newsletter, counted one by one. */
    int standings(TidingsProcess node, Paper paper) {
        Set<String> subscriptions = new HashSet<>();
        eachOf(
                node,
                "/newsletters/" + paper.id() + "/subscribers",
                one -> subscriptions.add(one.getString("subscription")));
        return subscriptions.size();
    }

    /** Sends an issue at once. Returns the mailing. */
    String send(TidingsProcess node, Paper paper, String subject) {
        return order(node, paper, subject, Optional.empty()).getString("mailing");
    }

    /** Sends an issue not before this time. Returns the issue. */
    String schedule(TidingsProcess node, Paper paper, String subject, OffsetDateTime at) {
        return order(node, paper, subject, Optional.of(at)).getString("id");
    }

    private JsonObject order(TidingsProcess node, Paper paper, String subject, Optional<OffsetDateTime> at) {
        return json(202, order(node, draft(node, paper, subject), at, UUID.randomUUID()));
    }

    /** An issue that can be ordered with this text. */
    record Draft(String issue, int version) {}

    Draft draft(TidingsProcess node, Paper paper, String subject) {
        JsonObject draft = json(
                201,
                call(
                        node,
                        "POST",
                        "/newsletters/" + paper.id() + "/issues",
                        Json.createObjectBuilder()
                                .add("subject", subject)
                                .add("markdown", "Good evening, {{name}}.\n\n" + "A paragraph of news.\n\n".repeat(20))
                                .build()
                                .toString()));
        return new Draft(draft.getString("id"), draft.getInt("version"));
    }

    /** Sends it at once, or asks again with the same key what came of it. */
    HttpResponse<String> order(TidingsProcess node, Draft draft, UUID key) {
        return order(node, draft, Optional.empty(), key);
    }

    private HttpResponse<String> order(TidingsProcess node, Draft draft, Optional<OffsetDateTime> at, UUID key) {
        var order = Json.createObjectBuilder().add("version", draft.version());
        at.ifPresent(time -> order.add("at", time.toString()));
        return send(
                node,
                "POST",
                "/issues/" + draft.issue() + "/send",
                order.build().toString(),
                request -> request.setHeader("Idempotency-Key", key.toString()));
    }

    /** The mailing of a scheduled issue, once there is one. */
    String awaitMailing(TidingsProcess node, String issue) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            JsonObject now = json(200, call(node, "GET", "/issues/" + issue, ""));
            if (now.containsKey("mailing")) {
                return now.getString("mailing");
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not begun within " + LONGEST_WAIT + ": " + now.getString("state"));
            }
            TidingsProcess.pause(200);
        }
    }

    /** The mailing of the issue with this subject, and its newsletter with all readers. */
    Sent sent(TidingsProcess node, String subject) {
        List<Sent> found = new ArrayList<>();
        eachOf(node, "/issues", issue -> {
            if (issue.getString("subject").equals(subject)) {
                String newsletter = issue.getString("newsletter");
                List<String> readers = new ArrayList<>();
                eachOf(
                        node,
                        "/newsletters/" + newsletter + "/subscribers",
                        one -> readers.add(one.getString("address")));
                found.add(new Sent(issue.getString("mailing"), new Paper(newsletter, "", readers)));
            }
        });
        assertThat(found).as(subject).hasSize(1);
        return found.get(0);
    }

    /** An issue that was sent. */
    record Sent(String mailing, Paper paper) {}

    /** Whether the issue waits for its time. */
    boolean isWaiting(TidingsProcess node, String issue) {
        return json(200, call(node, "GET", "/issues/" + issue, ""))
                .getString("state")
                .equals("scheduled");
    }

    /** Takes a scheduled issue back. */
    void cancel(TidingsProcess node, String issue) {
        json(200, call(node, "POST", "/issues/" + issue + "/cancel", ""));
    }

    /**
     * What the product says of a mailing.
     *
     * @param skipped in all, whatever the reason
     */
    record Figures(String state, long expected, long sent, long failed, long skipped, long toGo, long doubtful) {}

    Figures figures(TidingsProcess node, String mailing) {
        JsonObject said = json(200, call(node, "GET", "/mailings/" + mailing, ""));
        long skipped = said.getJsonObject("skipped").values().stream()
                .mapToLong(n -> ((JsonNumber) n).longValue())
                .sum();
        return new Figures(
                said.getString("state"),
                number(said, "expected"),
                number(said, "sent"),
                number(said, "failed"),
                skipped,
                number(said, "toGo"),
                number(said, "doubtful"));
    }

    private static long number(JsonObject said, String name) {
        return said.getJsonNumber(name).longValue();
    }

    /** The figures when the product says that the mailing is finished. */
    Figures awaitFinished(TidingsProcess node, String mailing) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        Figures said = figures(node, mailing);
        while (!said.state().equals("finished")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not finished within " + LONGEST_WAIT + ": " + said + "\nlogged: " + node.lastLogged(100));
            }
            TidingsProcess.pause(100);
            said = figures(node, mailing);
        }
        return said;
    }

    /** As the product's figures for machines say: how many people of finished mailings it cannot account for. */
    void awaitUnaccounted(TidingsProcess node, long wanted) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        String line = "mail_unaccounted " + wanted + "\n";
        String said = new HttpBrowser(node.url()).get("/metrics").body();
        while (!said.contains(line)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no " + line + " within " + LONGEST_WAIT + ": " + said);
            }
            TidingsProcess.pause(200);
            said = new HttpBrowser(node.url()).get("/metrics").body();
        }
    }

    /** By the button of the mail page. */
    void sendToUnaccounted(TidingsProcess node, String mailing) {
        HttpBrowser browser = new HttpBrowser(node.url());
        assertThat(Crew.signIn(browser, ADMINISTRATOR, Crew.PASSWORD).path()).isEqualTo("/staff");
        HttpBrowser.Page page = browser.get("/staff/mail")
                .formTo("/staff/mail/unaccounted/" + mailing + "/send")
                .submit();
        assertThat(page.status()).as(page.text()).isEqualTo(200);
    }

    /** Who may have got it twice, as the product says: addresses of deliveries that were ever doubtful. */
    Set<String> doubtful(TidingsProcess node, Paper paper, String mailing) {
        Set<String> subscriptions = new HashSet<>();
        eachOf(node, "/mailings/" + mailing + "/deliveries", one -> {
            if (one.getBoolean("doubtful")) {
                subscriptions.add(one.getString("recipient"));
            }
        });
        Set<String> addresses = new HashSet<>();
        if (!subscriptions.isEmpty()) {
            addresses(node, paper).forEach((subscription, address) -> {
                if (subscriptions.contains(subscription)) {
                    addresses.add(address);
                }
            });
        }
        return addresses;
    }

    /** How many recipients are on record as handed over, counted one by one. */
    int handedOver(TidingsProcess node, String mailing) {
        Set<String> recipients = new HashSet<>();
        eachOf(
                node,
                "/mailings/" + mailing + "/deliveries?state=handed-over",
                one -> recipients.add(one.getString("recipient")));
        return recipients.size();
    }

    private Map<String, String> addresses(TidingsProcess node, Paper paper) {
        Map<String, String> addresses = new HashMap<>();
        eachOf(
                node,
                "/newsletters/" + paper.id() + "/subscribers",
                one -> addresses.put(one.getString("subscription"), one.getString("address")));
        return addresses;
    }

    private void eachOf(TidingsProcess node, String path, Consumer<JsonObject> each) {
        String more = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        String next = "";
        do {
            JsonObject page = json(200, call(node, "GET", more + (next.isEmpty() ? "" : "&cursor=" + next), ""));
            page.getJsonArray("items").forEach(item -> each.accept(item.asJsonObject()));
            next = page.getString("next", "");
        } while (!next.isEmpty());
    }

    private HttpResponse<String> call(TidingsProcess node, String method, String path, String body) {
        return send(node, method, path, body, request -> {});
    }

    private HttpResponse<String> send(
            TidingsProcess node, String method, String path, String body, Consumer<HttpRequest.Builder> change) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + "/api/v1" + path))
                .timeout(Duration.ofMinutes(2))
                .method(method, BodyPublishers.ofString(body))
                .setHeader("Authorization", "Bearer " + token)
                .setHeader("Idempotency-Key", UUID.randomUUID().toString())
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json");
        change.accept(request);
        try {
            return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonObject json(int status, HttpResponse<String> response) {
        posted(status, response);
        try (var reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    private static void posted(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new AssertionError(
                    response.request().uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
