package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whom newsletters are for, what they say themselves, and how readers come, rest and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoiningIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final HttpBrowser staff = Crew.administrator();
    private final String token = Crew.token("NEWSLETTERS_WRITE", "NEWSLETTERS_SEND", "SUBSCRIBERS");
    private int names;

    private record Paper(String id, String slug, String name) {}

    private Paper newsletter(String word, String access) {
        String slug = "join-" + word + "-" + ++names;
        String name = "The " + word + " circle " + names;
        String json = Json.createObjectBuilder()
                .add("slug", slug)
                .add("name", name)
                .add("description", "What tests read.")
                .add("cadence", "Monthly")
                .add("access", access)
                .build()
                .toString();
        HttpResponse<String> made = post("/api/v1/newsletters", json);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new Paper(json(made).getString("id"), slug, name);
    }

    /** From outside by every address, and from inside by whom it is for. */
    @Test
    void aPrivateNewsletterIsNotThereForOthers_NLTD1() {
        Paper secret = newsletter("secret", "invited");
        String guest = Site.fresh("guest");
        String member = Site.fresh("member");
        Crew.opensAccount(member, "Ada");
        HttpBrowser visitor = site().browser();
        HttpBrowser signedIn = Crew.signedIn(member);

        for (HttpBrowser other : new HttpBrowser[] {visitor, signedIn}) {
            for (String path : new String[] {"", ".atom", "/" + UUID.randomUUID()}) {
                assertThat(other.get("/newsletters/" + secret.slug() + path).status())
                        .as(path)
                        .isEqualTo(404);
            }
            assertThat(other.get("/join/" + secret.slug()).status()).isEqualTo(404);
            assertThat(other.request(
                                    "POST",
                                    "/join/" + secret.slug(),
                                    "email=" + guest.replace("@", "%40"),
                                    Map.of("Content-Type", FORM))
                            .statusCode())
                    .isEqualTo(404);
            for (String path : new String[] {"/", "/newsletters", "/subscribe", "/register", "/api/public/lists"}) {
                assertThat(other.request("GET", path, "", Map.of()).body())
                        .as(path)
                        .doesNotContain(secret.slug(), secret.name());
            }
        }
        assertThat(signedIn.get("/me/subscriptions").text()).doesNotContain(secret.name());
        assertThat(visitor.request(
                                "POST",
                                "/api/public/subscription",
                                "{\"email\":\"" + guest + "\",\"list_uuids\":[\"" + secret.id() + "\"]}",
                                Map.of("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(
                                "/api/v1/subscriptions",
                                "{\"address\":\"" + guest + "\",\"newsletters\":[\"" + secret.slug() + "\"]}")
                        .statusCode())
                .isEqualTo(422);

        var invited = staff.get("/staff/newsletters/" + secret.id() + "/invite")
                .formTo("/staff/newsletters/" + secret.id() + "/invite")
                .fill("addresses", guest + "\n" + member)
                .submit();
        assertThat(invited.text()).contains("2 invitations are on their way.");
        String link = site().mails().to(guest, "invites you").link("/subscribe/confirm/");
        assertThat(visitor.get(link).form().submit().text()).contains("You are subscribed", secret.name());
        assertThat(signedIn.get("/newsletters/" + secret.slug()).text()).contains(secret.name());
        assertThat(signedIn.get("/me/subscriptions").text()).contains(secret.name());

        send(secret, "Inside");
        var mail = site().mails().to(guest, "Inside");
        String web = mail.link("/read/");
        assertThat(visitor.get(web).text()).contains("Inside", "Good evening");
        assertThat(visitor.get("/newsletters/" + secret.slug()).status()).isEqualTo(404);
        visitor.get(mail.link("/u/"))
                .formTo(URI.create(mail.link("/u/")).getPath() + "/leave")
                .submit();
        assertThat(visitor.get(web).status()).as("for readers only").isEqualTo(404);
        assertThat(visitor.get(web).text()).doesNotContain("Good evening", secret.name());
    }

    /** Members see what is for members, and nobody else does. */
    @Test
    void aNewsletterForMembersIsReadSignedIn_NLTD1() {
        Paper inside = newsletter("members", "members");
        String member = Site.fresh("member");
        Crew.opensAccount(member, "Ada");
        HttpBrowser signedIn = Crew.signedIn(member);

        assertThat(site().browser().get("/newsletters/" + inside.slug()).status())
                .isEqualTo(404);
        var page = signedIn.get("/newsletters/" + inside.slug());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.formTo("/me/subscriptions")
                        .submitWith("do", "subscribe")
                        .text())
                .contains("You now get", inside.name());
        assertThat(signedIn.request("GET", "/newsletters/" + inside.slug() + ".atom", "", Map.of())
                        .headers()
                        .firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(signedIn.get("/newsletters").text()).contains(inside.name());
    }

    /** A newsletter keeps the language that it has, whatever that is (NLT-D2), and speaks it. */
    @Test
    void aNewsletterSpeaksItsOwnLanguageInItsOwnWords_NLTD2() {
        Paper paper = newsletter("dutch", "public");
        String changed = "{\"language\":\"pt-BR\",\"version\":" + version(paper) + "}";
        assertThat(api("PUT", "/api/v1/newsletters/" + paper.id(), changed).statusCode())
                .isEqualTo(200);
        staff.get("/staff/newsletters/" + paper.id())
                .formTo("/staff/newsletters/" + paper.id())
                .fill("cadence", "Weekly")
                .submit();
        assertThat(json(api("GET", "/api/v1/newsletters/" + paper.id(), "")).getString("language"))
                .isEqualTo("pt-BR");

        String words = "/staff/newsletters/" + paper.id() + "/words";
        var saved = staff.get(words)
                .form("main form[method=post][action$=/words]")
                .fill("consent", "Sim, quero {{newsletter}}.")
                .fill("confirm-subject", "Confirme {{newsletter}}")
                .fill("confirmed", "Bem-vindo!")
                .fill("welcome-subject", "Bom dia")
                .fill("welcome", "Que bom, {{name}}.")
                .fill("goodbye", "Até logo!")
                .submit();
        assertThat(saved.text()).contains("Saved.");
        String address = Site.fresh("leitor");
        HttpBrowser reader = site().browser();
        var asked = reader.request(
                "POST",
                "/join/" + paper.slug(),
                "language=pt-BR&email=" + address.replace("@", "%40"),
                Map.of("Content-Type", FORM));
        assertThat(asked.statusCode()).isEqualTo(303);
        String link = site().mails().to(address, "Confirme " + paper.name()).link("/subscribe/confirm/");
        assertThat(reader.get(link).form().submit().status()).isEqualTo(200);
        var welcome = site().mails().to(address, "Bom dia");
        assertThat(welcome.header("List-Unsubscribe-Post")).hasValue("List-Unsubscribe=One-Click");

        String leave = URI.create(welcome.link("/u/")).getPath();
        reader.get(leave).formTo(leave + "/leave").submit();
        var undone = reader.get(leave).formTo(leave + "/undo").submit();
        assertThat(undone.text()).contains("Nothing has changed");
        assertThat(site().mails().all(address).stream()
                        .filter(mail -> mail.subject().contains("Bom dia"))
                        .count())
                .as("once")
                .isEqualTo(1);
    }

    /** Nothing comes until the day, also of what is being sent; then by itself. */
    @Test
    void aPausedReaderGetsNothing() {
        Paper paper = newsletter("paused", "public");
        String resting = Site.fresh("resting");
        String reading = Site.fresh("reading");
        subscribes(paper, resting);
        subscribes(paper, reading);
        send(paper, "First");
        String preferences = URI.create(site().mails().to(resting, "First").link("/preferences/"))
                .getPath();
        HttpBrowser reader = site().browser();
        var wrong = reader.get(preferences)
                .formTo(preferences + "/pause")
                .fill("until", "2001-01-01")
                .submitWith("then", "pause");
        assertThat(wrong.status()).isEqualTo(422);
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(20).toString();
        var paused = reader.get(preferences)
                .formTo(preferences + "/pause")
                .fill("until", day)
                .submitWith("then", "pause");
        assertThat(paused.text()).contains("Paused.");

        JsonObject second = send(paper, "Second");
        site().mails().to(reading, "Second");
        await("sent", () -> mailing(second).getString("state").equals("finished"));

        assertThat(mailing(second).getJsonObject("skipped").getInt("paused")).isEqualTo(1);
        reader.get(preferences).formTo(preferences + "/pause").submitWith("then", "resume");
        send(paper, "Third");
        site().mails().to(resting, "Third");
        assertThat(site().mails().all(resting)).noneMatch(mail -> mail.subject().contains("Second"));
    }

    /** What a page can do with newsletters and readers, a program can too. */
    @Test
    void theApiHasNoHoles_NLTD6() {
        Paper paper = newsletter("whole", "public");
        String address = Site.fresh("whole");
        subscribes(paper, address);
        HttpResponse<String> export = api("GET", "/api/v1/newsletters/" + paper.id() + "/subscribers/export", "");
        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.body()).contains(address, "CONFIRMED");
        JsonObject found = json(api(
                "POST", "/api/v1/newsletters/" + paper.id() + "/subscribers/search", "{\"text\":\"" + address + "\"}"));
        String subscription = found.getJsonArray("items").getJsonObject(0).getString("subscription");
        assertThat(json(api("POST", "/api/v1/subscriptions/" + subscription + "/unsubscribe", "{}"))
                        .getString("state"))
                .isEqualTo("unsubscribed");

        JsonObject draft = draft(paper, "Draft");
        String issue = "/api/v1/issues/" + draft.getString("id");
        assertThat(json(api("GET", issue + "/preview?name=Ada", "")).getString("html"))
                .contains("Good evening, Ada");
        assertThat(api("DELETE", issue, "").statusCode()).isEqualTo(204);
        assertThat(api("GET", issue, "").statusCode()).isEqualTo(404);
        String stale = "{\"name\":\"Other\",\"version\":99}";
        assertThat(api("PUT", "/api/v1/newsletters/" + paper.id(), stale).statusCode())
                .isEqualTo(409);
        HttpResponse<String> invited = post(
                "/api/v1/invitations", "{\"newsletter\":\"" + paper.slug() + "\",\"addresses\":[\"" + address + "\"]}");
        assertThat(json(invited).getInt("keptOut")).as("has left").isEqualTo(1);
    }

    /** Other programs are told nothing inside our network. */
    @Test
    void aWebhookLeadsIntoNoNetworkOfOurs() {
        var page = staff.get("/staff/webhooks");
        for (String url : new String[] {"https://127.0.0.1/", "https://169.254.169.254/x", "http://example.org/"}) {
            HttpResponse<String> refused =
                    post("/api/v1/webhooks", "{\"url\":\"" + url + "\",\"events\":[\"subscription.confirmed\"]}");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        }

        var refused =
                page.formTo("/staff/webhooks").fill("url", "https://127.0.0.1/").submit();

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Please choose what it is told.");
        HttpResponse<String> made = post(
                "/api/v1/webhooks", "{\"url\":\"https://93.184.215.14/in\",\"events\":[\"subscription.confirmed\"]}");
        assertThat(json(made).getString("secret")).startsWith("whsec_");
        String one = "/staff/webhooks/" + json(made).getString("id");
        assertThat(staff.get(one).text()).contains("subscription.confirmed", "Nothing yet.");
        assertThat(staff.get(one).formTo(one).submitWith("do", "remove").path()).isEqualTo("/staff/webhooks");
    }

    private int version(Paper paper) {
        return json(api("GET", "/api/v1/newsletters/" + paper.id(), "")).getInt("version");
    }

    private void subscribes(Paper paper, String address) {
        HttpResponse<String> asked = post(
                "/api/v1/subscriptions",
                "{\"address\":\"" + address + "\",\"newsletters\":[\"" + paper.slug() + "\"]}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        HttpBrowser reader = site().browser();
        reader.get(site().mails().to(address, paper.name()).link("/subscribe/confirm/"))
                .form()
                .submit();
    }

    private JsonObject draft(Paper paper, String subject) {
        String json = Json.createObjectBuilder()
                .add("subject", subject)
                .add("markdown", "Good evening, {{name}}.")
                .build()
                .toString();
        return json(post("/api/v1/newsletters/" + paper.id() + "/issues", json));
    }

    private JsonObject send(Paper paper, String subject) {
        JsonObject draft = draft(paper, subject);
        HttpResponse<String> sent = post(
                "/api/v1/issues/" + draft.getString("id") + "/send", "{\"version\":" + draft.getInt("version") + "}");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        return json(sent);
    }

    private JsonObject mailing(JsonObject issue) {
        return json(api("GET", "/api/v1/mailings/" + issue.getString("mailing"), ""));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LONGEST_WAIT + " for " + what);
            }
            TidingsProcess.pause(50);
        }
    }

    private HttpResponse<String> post(String path, String body) {
        return api("POST", path, body);
    }

    private HttpResponse<String> api(String method, String path, String body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        if (path.endsWith("/export")) {
            headers.put("Accept", "text/csv");
        }
        return site().browser().request(method, path, body, headers);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
