package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A newsletter from its making to a reader's leaving, on pages, in mails and by the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewsletterIT {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MANY = 60;
    private static final int SLOW_MILLIS = 300;

    private final HttpBrowser staff = Crew.administrator();
    private final String token = token("NEWSLETTERS_WRITE", "NEWSLETTERS_SEND", "SUBSCRIBERS");
    private int names;

    private record Paper(String id, String slug, String name) {}

    // Joining

    @Test
    void subscribesByAnAddressConfirmedWithAButton() {
        Paper paper = newsletter("joining");
        String address = Site.fresh("joining");
        HttpBrowser reader = site().browser();

        var answer = reader.get("/newsletters/" + paper.slug())
                .formTo("/newsletters/" + paper.slug())
                .fill("address", address)
                .submit();
        assertThat(answer.path()).isEqualTo("/subscribe/sent");
        var mail = site().mails().to(address, paper.name());
        assertThat(mail.header("Auto-Submitted")).hasValue("auto-generated");
        assertThat(headers(mail).keySet()).noneMatch(name -> name.startsWith("list-"));
        String link = mail.link("/subscribe/confirm/");
        for (int i = 0; i < 3; i++) {
            assertThat(site().browser().get(link).status()).isEqualTo(200);
        }
        assertThat(standing(paper, address)).isEqualTo("pending");

        var confirmed = reader.get(link).form().submit();

        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.path()).as("redirected").isEqualTo(URI.create(link).getPath());
        assertThat(confirmed.text()).contains("You are subscribed", paper.name());
        assertThat(standing(paper, address)).isEqualTo("confirmed");
        // MBR-07: loaded again, in the other language, tapped twice in another browser, and pressed again.
        assertThat(reader.get(link).text()).contains("You are subscribed");
        assertThat(reader.get(link + "?lang=de").text()).contains("Ihr Abonnement ist bestätigt");
        assertThat(site().browser().get(link).text()).contains("You are subscribed");
        assertThat(standing(paper, address)).isEqualTo("confirmed");
    }

    /** MBR-25: what is waited for, where, from whom; once more; and slips of the finger. */
    @Test
    void saysWhichMailboxToLookInto() {
        Paper paper = newsletter("looking");
        String address = Site.fresh("looking");
        HttpBrowser reader = site().browser();
        String path = "/newsletters/" + paper.slug();

        var asked =
                reader.get(path).formTo(path).fill("address", "ada@gmial.com").submit();
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.text()).contains("Did you mean this address?", "ada@gmail.com");
        var sent = asked.formTo(path)
                .fill("address", "\u00A0Ada <" + address + ">\u200B")
                .submit();

        assertThat(sent.path()).isEqualTo("/subscribe/sent");
        assertThat(sent.text())
                .contains(address.substring(0, 2) + "…@", "account@")
                .doesNotContain(address);
        site().mails().to(address, paper.name());
        assertThat(reader.get("/subscribe/sent").text()).as("loaded again").contains(address.substring(0, 2) + "…@");
        assertThat(reader.get("/subscribe/sent").formTo(path).submit().path()).isEqualTo("/subscribe/sent");
        site().mails().awaitCount(address, 2);
        reader.get("/");
        assertThat(reader.get("/subscribe/sent").text()).doesNotContain("…@");
    }

    /** REV-M6, MBR-03: a forwarded newsletter ends one subscription; the rest takes a link that is mailed for it. */
    @Test
    void eraseByAMailedLinkAndNeverByANewsletter_REVM6_MBR03() {
        Paper paper = newsletter("forwarded");
        String reader = Site.fresh("forwarded");
        imports(paper, List.of(reader));
        awaitState(send(paper, "First"), "finished");
        var issue = site().mails().to(reader, "First");
        HttpBrowser stranger = site().browser();

        var narrow = stranger.get(issue.link("/preferences/"));
        assertThat(narrow.text()).contains(paper.name(), "…@").doesNotContain(reader);
        assertThat(narrow.document().select("main form").eachAttr("action"))
                .allMatch(action -> List.of("", "/everything", "/pause")
                        .contains(action.substring(narrow.path().length())));
        for (String former : List.of("/erase", "/none", "/zone")) {
            assertThat(stranger.post(
                                    narrow.path() + former,
                                    Map.of("_csrf", narrow.form().value("_csrf")))
                            .status())
                    .isEqualTo(404);
        }
        narrow.formTo(narrow.path() + "/everything").submit();

        String link = site().mails().to(reader, "Your link").link("/manage/link/");
        HttpBrowser own = site().browser();
        var sheet = own.get(link).form("form[action$=/open]").submit();
        assertThat(sheet.text()).contains(reader, paper.name());
        assertThat(own.get(link).text()).as("tapped twice").contains(reader);
        var elsewhere = stranger.get(link);
        assertThat(elsewhere.status()).isEqualTo(410);
        assertThat(elsewhere.text()).doesNotContain(reader);
        String copy = sheet.form("form[action$=/copy/json]").submit().body();
        assertThat(copy).contains(reader, paper.name(), "First", "\"issues\"");
        var erasing = sheet.click("Erase my address");
        assertThat(erasing.formTo(erasing.path()).submit().status())
                .as("not ticked")
                .isEqualTo(422);
        var erased = erasing.formTo(erasing.path()).tick("sure").submit();

        assertThat(erased.text()).contains("Your address is erased", "keyed hash");
        assertThat(own.get(erased.path()).text()).contains("Your address is erased");
        site().mails().to(reader, "is erased");
        assertThat(stranger.get(leaveUrl(issue)).text()).contains("Your address is erased");
        assertThat(oneClick(leaveUrl(issue), FORM, "List-Unsubscribe=One-Click").statusCode())
                .isEqualTo(200);
    }

    /** REP-12, MBR-08: through the edge and the container, not only by the rule. */
    @Test
    void noDamagedLinkIsADeadEnd_REP12_MBR08() {
        Paper paper = newsletter("damaged");
        String reader = Site.fresh("damaged");
        imports(paper, List.of(reader));
        awaitState(send(paper, "First"), "finished");
        String leave = leaveUrl(site().mails().to(reader, "First"));
        String token = leave.substring(leave.lastIndexOf('/') + 1);

        for (String damaged : List.of(
                "/u/" + token + ".",
                "/u/" + token + ")",
                "/u/" + token + "%3E",
                "/u/" + token + "/",
                "/u//" + token,
                "/U/" + token,
                "/u/" + token + "&amp;utm_source=mail",
                "/u/" + token + "?fbclid=abc",
                "/u/" + token.substring(0, 20) + "=%0D%0A" + token.substring(20),
                "/u/" + token.replace("-", "%2D").replace("_", "%5F"),
                "/u/" + token.substring(0, 38),
                "/u/" + token.toLowerCase(Locale.ROOT),
                "/preferences/" + token + ";")) {
            var page = site().browser().get(damaged);
            assertThat(page.status()).as(damaged).isEqualTo(200);
            assertThat(page.text()).as(damaged).contains(paper.name());
        }
        assertThat(standing(paper, reader)).isEqualTo("confirmed");
        for (String lost : List.of("/u/" + token.substring(3), "/preferences/AAAA", "/u/", "/u/%3E")) {
            var page = site().browser().get(lost);
            assertThat(page.status()).as(lost).isEqualTo(404);
            assertThat(page.text()).as(lost).contains("damaged on its way", "Send me my link");
        }
        for (String account : List.of("/confirm/x.", "/reset/x)", "/reactivate/x%3E", "/address/x;", "/setup/x")) {
            assertThat(site().browser().get(account).status()).as(account).isEqualTo(410);
        }
        assertThat(oneClick("/u/" + token + ".", FORM, "List-Unsubscribe=One-Click")
                        .statusCode())
                .isEqualTo(200);
        assertThat(standing(paper, reader)).isEqualTo("unsubscribed");

        var foot = site().browser().get("/").click("Manage what you get");
        var sent = foot.formTo("/manage").fill("address", reader).submit();
        assertThat(sent.path()).isEqualTo("/manage/sent");
        site().mails().to(reader, "Your link");
        assertThat(foot.formTo("/manage")
                        .fill("address", Site.fresh("nobody"))
                        .submit()
                        .path())
                .as("the same for everybody")
                .isEqualTo("/manage/sent");
    }

    @Test
    void answersReadersKnownAndUnknownAlike() {
        Paper paper = newsletter("alike");
        String known = Site.fresh("known");
        imports(paper, List.of(known));

        assertThat(answerTo(paper, known)).isEqualTo(answerTo(paper, Site.fresh("unknown")));
        site().mails().to(known, "subscribed already");
    }

    private static String answerTo(Paper paper, String address) {
        HttpBrowser browser = site().browser();
        String path = "/newsletters/" + paper.slug();
        String csrf = browser.get(path).formTo(path).value("_csrf");
        var response = browser.request(
                "POST",
                path,
                "_csrf=" + csrf + "&address=" + URLEncoder.encode(address, StandardCharsets.UTF_8),
                Map.of("Content-Type", FORM));
        var headers = new TreeMap<>(response.headers().map());
        headers.keySet()
                .removeIf(name ->
                        name.toLowerCase(Locale.ROOT).matches("date|.*correlation.*|content-security-policy.*"));
        return response.statusCode() + " " + headers.keySet() + headers.get("location") + response.body();
    }

    // Sending

    /** NWS-01, NWS-02, NWS-07, NWS-08, NWS-09. */
    @Test
    void sendsWithTheHeadersThatMailProgramsAskFor() {
        Paper paper = newsletter("headers");
        List<String> readers = readers("reader", 2);
        imports(paper, readers);
        String subject = "Größe & <b>news</b> of " + paper.slug();

        var draft = staff.get("/staff/issues/new?newsletter=" + paper.slug())
                .form()
                .fill("newsletter", paper.slug())
                .fill("subject", subject)
                .fill("markdown", "Dear {{name}}\n\n**Good** evening, [read](https://example.org/a).")
                .submitWith("then", "test");
        assertThat(draft.status()).isEqualTo(200);
        assertThat(site().mails().to("root@example.net", subject).subject()).isEqualTo("[Test] " + subject);
        var asked = draft.form().submitWith("then", "send");
        assertThat(asked.path()).isEqualTo(draft.path() + "/send");
        var send = asked.formTo(draft.path() + "/send");
        assertThat(send.fill("count", "3").submit().status())
                .as("another number")
                .isEqualTo(422);
        assertThat(send.fill("count", "2").submit().path()).isEqualTo(draft.path() + "/sending");

        for (String reader : readers) {
            checkNewsletterMail(site().mails().to(reader, subject), paper, reader);
        }
        await(
                "the page to say so",
                () -> staff.get(draft.path() + "/sending").text().contains("2 of 2"));
        var messageIds = readers.stream()
                .map(reader -> site().mails().to(reader).header("Message-ID"))
                .toList();
        assertThat(messageIds).doesNotHaveDuplicates();
        String deliveries = draft.path() + "/deliveries";
        var found = staff.get(deliveries)
                .formTo(deliveries)
                .fill("q", readers.get(0))
                .submit();
        assertThat(found.text()).contains(readers.get(0), "Handed over").doesNotContain(readers.get(1));
        assertThat(staff.get(deliveries)
                        .formTo(deliveries)
                        .fill("q", "ab")
                        .submit()
                        .status())
                .isEqualTo(422);
        assertThat(found.click(readers.get(0)).text()).contains(subject);
        assertThat(Crew.administrator().get("/staff/audit").text())
                .as("who looked is on record (SEC-51)")
                .contains("Looked at who got an issue", "Opened a subscriber");
        await(
                "the archive",
                () -> site().browser()
                        .get("/newsletters/" + paper.slug())
                        .text()
                        .contains(subject));
    }

    private static void checkNewsletterMail(MailProbe.Received mail, Paper paper, String reader) {
        Map<String, List<String>> headers = headers(mail);
        for (String single : List.of(
                "date",
                "from",
                "message-id",
                "subject",
                "mime-version",
                "to",
                "content-type",
                "list-id",
                "list-unsubscribe",
                "list-unsubscribe-post",
                "feedback-id")) {
            assertThat(headers.getOrDefault(single, List.of())).as(single).hasSize(1);
        }
        assertThat(headers).doesNotContainKeys("cc", "bcc", "auto-submitted");
        assertThat(mail.header("To")).hasValueSatisfying(to -> assertThat(to).contains(reader));
        assertThat(mail.header("Message-ID").orElseThrow())
                .matches("<[A-Za-z0-9._-]{20,}@localhost>")
                .doesNotContain(reader.split("@", -1)[0]);
        assertThat(mail.header("List-Unsubscribe").orElseThrow())
                .matches("<" + site().url() + "/u/[A-Za-z0-9_-]+>(, <mailto:[^>]+>)?");
        assertThat(mail.header("List-Unsubscribe-Post")).hasValue("List-Unsubscribe=One-Click");
        assertThat(mail.header("List-Id").orElseThrow())
                .contains(paper.name())
                .endsWith("<" + paper.slug() + ".localhost>");
        assertThat(mail.header("List-Help").orElseThrow()).matches("<https?://[^>]+>");
        assertThat(mail.header("List-Archive").orElseThrow()).matches("<https?://[^>]+>");
        assertThat(mail.header("List-Post")).hasValue("NO");
        assertThat(mail.header("Content-Type").orElseThrow())
                .matches("multipart/alternative;\\s*boundary=\"?[^\"]{1,70}\"?");
        String source = mail.raw().text();
        assertThat(source)
                .containsSubsequence("Content-Type: text/plain; charset=", "Content-Type: text/html; charset=");
        assertThat(source.lines()).allMatch(line -> line.length() <= 998);
        String leave = leaveUrl(mail);
        assertThat(mail.text()).contains("Good", "https://example.org/a", leave);
        assertThat(mail.html())
                .contains("<strong>Good</strong>", leave, "lang=")
                .doesNotContain("<script", "<form");
    }

    // Leaving

    /** NWS-05: no redirect, no cookie, both types of content; looking changes nothing. */
    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, List-Unsubscribe=One-Click",
        "multipart/form-data; boundary=b, --b|Content-Disposition: form-data; name=\"List-Unsubscribe\"||One-Click|--b--|"
    })
    void leavesByOneClickOfTheMailProgram(String type, String body) {
        Paper paper = newsletter("leaving");
        List<String> readers = readers("leaving", 2);
        String leaver = readers.get(0);
        imports(paper, readers);
        awaitState(send(paper, "First"), "finished");
        String url = leaveUrl(site().mails().to(leaver, "First"));

        var looked = site().browser().get(url);
        assertThat(looked.status()).isEqualTo(200);
        assertThat(looked.text()).contains("Unsubscribe from " + paper.name());
        site().browser().request("HEAD", url, "", Map.of());
        assertThat(standing(paper, leaver)).isEqualTo("confirmed");

        for (int i = 0; i < 2; i++) {
            var answer = oneClick(url, type, body.replace("|", "\r\n"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(standing(paper, leaver)).isEqualTo("unsubscribed");
        }
        awaitState(send(paper, "Second"), "finished");

        assertThat(site().mails().all(readers.get(1))).hasSize(2);
        assertThat(site().mails().all(leaver)).hasSize(1);
        assertThat(site().browser().get(url).text()).contains("You have unsubscribed from " + paper.name());
    }

    @Test
    void sendsNothingToWhoLeavesWhileItRuns() {
        Paper paper = newsletter("running");
        List<String> readers = readers("running", MANY);
        imports(paper, readers);
        awaitState(send(paper, "Before"), "finished");
        Map<String, String> urls = new HashMap<>();
        readers.forEach(reader -> urls.put(reader, leaveUrl(site().mails().to(reader))));

        site().smtp().delayEveryMail(2 * SLOW_MILLIS); // twenty people leave meanwhile, on a busy machine too
        try {
            String mailing = send(paper, "During");
            await("the first mails", () -> having(readers, 2).size() >= 6);
            List<String> has = having(readers, 2);
            List<String> leaving = readers.stream()
                    .filter(reader -> !has.contains(reader))
                    .skip(10)
                    .limit(20)
                    .toList();
            for (String reader : leaving) {
                assertThat(oneClick(urls.getOrDefault(reader, ""), FORM, "List-Unsubscribe=One-Click")
                                .statusCode())
                        .isEqualTo(200);
            }
            TidingsProcess.pause(1_000); // what is promised
            List<String> sentBefore = having(leaving, 2);
            assertThat(having(readers, 2).size()).as("still running").isLessThan(MANY - leaving.size());
            JsonObject end = awaitState(mailing, "finished");

            assertThat(having(leaving, 2)).isEqualTo(sentBefore).hasSizeLessThan(leaving.size());
            assertThat(end.getInt("sent")).isEqualTo(having(readers, 2).size());
            assertThat(end.getInt("sent")).isEqualTo(MANY - leaving.size() + sentBefore.size());
        } finally {
            site().smtp().delayEveryMail(0);
        }
    }

    // Deciding

    @Test
    void pausesGoesOnEndsAndGoesToTheRest() {
        Paper paper = newsletter("deciding");
        List<String> readers = readers("deciding", MANY);
        imports(paper, readers);
        JsonObject draft = draft(paper, "Deciding");
        String page = "/staff/issues/" + draft.getString("id");

        site().smtp().delayEveryMail(SLOW_MILLIS);
        try {
            String mailing = send(draft);
            await("the first mails", () -> having(readers, 1).size() >= 3);
            var paused = staff.get(page + "/sending").formTo(page + "/pause").submit();
            assertThat(paused.text()).contains("Paused");
            assertThat(staff.get("/staff/issues")
                            .document()
                            .select(".entries li:contains(Deciding) .status")
                            .text())
                    .isEqualTo("Paused");
            int whilePaused = stoppedAt(readers);
            assertThat(mailing(mailing).getString("state")).isEqualTo("paused");
            staff.get(page + "/sending").formTo(page + "/resume").submit();
            await("more mails", () -> having(readers, 1).size() > whilePaused);
            staff.get(page + "/sending").formTo(page + "/cancel").submit();
            stoppedAt(readers);

            assertThat(mailing(mailing).getString("state")).isEqualTo("cancelled");
            assertThat(staff.get(page + "/sending").text()).contains("Cancelled");
            site().smtp().delayEveryMail(0);
            goesToTheRest(page, mailing, readers);
        } finally {
            site().smtp().delayEveryMail(0);
        }
    }

    /** Whoever decided that it was enough may think better of it: the others get it then, and nobody twice. */
    private void goesToTheRest(String page, String mailing, List<String> readers) {
        var asking = staff.get(page + "/sending").click("Send to the rest …");
        assertThat(asking.text()).contains("had not had their turn when sending was cancelled");

        asking.formTo(page + "/resend-rest").submit();

        awaitState(mailing, "finished");
        assertThat(having(readers, 1)).hasSize(MANY);
        assertThat(having(readers, 2)).isEmpty();
        await("the issue is sent", () -> staff.get(page + "/sending").text().contains("In the archive"));
        assertThat(staff.get(page + "/resend-rest").path()).isEqualTo(page + "/sending");
        assertThat(staff.get("/staff/audit").text()).contains("Sent an issue to the rest");
    }

    /** Two seconds after a decision nothing more goes out. */
    private static int stoppedAt(List<String> readers) {
        TidingsProcess.pause(2_000);
        int count = having(readers, 1).size();
        TidingsProcess.pause(1_000);
        assertThat(having(readers, 1)).hasSize(count).hasSizeLessThan(MANY);
        return count;
    }

    @Test
    void takesAScheduledIssueBack() {
        Paper paper = newsletter("scheduled");
        String reader = Site.fresh("scheduled");
        imports(paper, List.of(reader));
        JsonObject draft = draft(paper, "Tomorrow");
        String path = "/api/v1/issues/" + draft.getString("id");

        var order = Json.createObjectBuilder()
                .add("version", draft.getInt("version"))
                .add("at", OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).toString())
                .add(
                        "limits",
                        Json.createObjectBuilder()
                                .add("spreadMinutes", 360)
                                .add("from", "09:00")
                                .add("until", "18:00"))
                .build();
        var scheduled = post(path + "/send", order.toString(), key());
        assertThat(json(scheduled).getString("state")).isEqualTo("scheduled");
        assertThat(json(scheduled).getJsonObject("limits").getInt("spreadMinutes"))
                .isEqualTo(360);
        String page = "/staff/issues/" + draft.getString("id");
        assertThat(staff.get(page + "/sending").text()).contains("evenly over 6 hours", "only from 09:00 until 18:00");
        staff.get(page).formTo(page + "/cancel").submit();

        assertThat(json(api(token, "GET", path, "", Map.of())).getString("state"))
                .isEqualTo("draft");
        site().mails().nothingMoreTo(reader);
    }

    /** MAI-02: said in the editor, asked about before it is sent. What two people do at once loses no text. */
    @Test
    void asksAboutALargeMailAndBringsADiscardedDraftBack_MAI02() {
        Paper paper = newsletter("large");
        imports(paper, List.of(Site.fresh("large")));
        String path = "/staff/issues/" + draft(paper, "A large one").getString("id");
        assertThat(staff.get(path).document().select("#size").text()).matches(".* [0-9]+ KB\\.");
        var large = staff.get(path)
                .formTo(path)
                .fill("markdown", "A long paragraph, again and again.\n\n".repeat(4_000))
                .fill("then", "save")
                .submit();
        assertThat(large.document().select("#size .notice").text()).contains("Gmail");
        var sending = staff.get(path + "/send").formTo(path + "/send").fill("count", "1");

        var asked = sending.submit();
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.document().select("#e-large")).hasSize(1);
        assertThat(asked.formTo(path + "/send").fill("large", "yes").submit().path())
                .isEqualTo(path + "/sending");

        String other = "/staff/issues/" + draft(paper, "Thrown away").getString("id");
        var elsewhere = staff.get(other).formTo(other).fill("markdown", "What somebody else writes");
        assertThat(staff.get(other).formTo(other + "/discard").submit().text()).contains("Thrown away");
        var meanwhile = elsewhere.submit();
        assertThat(meanwhile.status()).isEqualTo(422);
        assertThat(meanwhile.formTo("/staff/issues/new").value("markdown")).isEqualTo("What somebody else writes");
        assertThat(staff.get(other).status()).isEqualTo(404);
        var back = staff.get("/staff/issues").formTo(other + "/bring-back").submit();
        assertThat(back.path()).isEqualTo(other);
        assertThat(back.formTo(other).value("markdown")).isEqualTo("Good evening, {{name}}.");
        assertThat(staff.get("/staff/issues").document().select("form[action=" + other + "/bring-back]"))
                .isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAnOrderToSend_NLTD4() {
        Paper paper = newsletter("orders");
        imports(paper, List.of(Site.fresh("orders")));
        JsonObject draft = draft(paper, "Orders");
        String path = "/api/v1/issues/" + draft.getString("id");
        String version = "{\"version\":" + draft.getInt("version");

        var miscounted = post(path + "/send", version + ",\"recipients\":99}", key());
        checkProblem(miscounted, 422, "invalid");
        assertThat(miscounted.body()).contains("/recipients", "not-the-audience");
        var far = post(path + "/send", version + ",\"at\":\"+999999999-12-31T10:00:00Z\"}", key());
        checkProblem(far, 422, "invalid");
        assertThat(far.body()).contains("too-far-ahead");
        checkProblem(post(path + "/pause", "", key()), 409, "not-being-sent");
        checkProblem(post(path + "/send", "{\"version\":99}", key()), 409, "conflict");
        assertThat(post(
                                path + "/send",
                                version + ",\"at\":\""
                                        + OffsetDateTime.now(ZoneOffset.UTC).plusDays(1) + "\"}",
                                key())
                        .statusCode())
                .isEqualTo(202);
        checkProblem(post(path + "/send", version + "}", key()), 409, "not-a-draft");
        String page = "/staff/issues/" + draft.getString("id");
        assertThat(staff.get(page).formTo(page + "/cancel").submit().text()).contains("a draft again");
    }

    @Test
    void findsSubscribersByWhatStandsInTheBodyOnly_REVL7() {
        Paper paper = newsletter("search");
        String reader = Site.fresh("Search");
        imports(paper, List.of(reader, Site.fresh("other")));

        assertThat(standing(paper, " <" + reader + "> ")).isEqualTo("confirmed");
        String list = "/api/v1/newsletters/" + paper.id() + "/subscribers?q=";
        for (String address : List.of(reader, reader.replace("@", "\uFF20"), reader.replace("@", "%40"))) {
            String encoded = URLEncoder.encode(address, StandardCharsets.UTF_8);
            checkProblem(api(token, "GET", list + encoded, "", Map.of()), 400, "bad-request");
        }
        assertThat(json(api(token, "GET", list + reader.substring(0, reader.indexOf('@')), "", Map.of()))
                        .getJsonArray("items"))
                .hasSize(1);
        checkProblem(
                post(
                        "/api/v1/newsletters/" + paper.id() + "/subscribers/search",
                        "{\"text\":\"" + "x".repeat(255) + "\"}",
                        key()),
                422,
                "invalid");
    }

    // Lists

    /** NLT-A1, NLT-A2, NLT-B4, REP-26: by the page and by the API, out of one newsletter and into another. */
    @Test
    void aListComesInWithItsLeaversAndGoesOutAndInAgain_NLTA1_NLTA2() {
        Paper paper = newsletter("moved");
        String reader = Site.fresh("reader");
        String left = Site.fresh("left");
        String snoozed = Site.fresh("snoozed");
        String bounced = Site.fresh("bounced");
        String csv = "email,name,status\n" + reader + ",=Ann,active\n" + left + ",Bo,unsubscribed\n" + snoozed
                + ",Cy,snoozed\n" + bounced + ",Di,cleaned\nnobody at all,Ed,active\n";
        String basis = "They signed a list at our desk in the hall.";

        var asked = importing(paper, basis, csv, key());
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(json(asked).getJsonArray("questions").getJsonObject(0).getString("value"))
                .isEqualTo("snoozed");
        assertThat(standing(paper, reader)).isEqualTo("unknown");

        HttpBrowser publisher = Crew.administrator();
        String path = "/staff/subscribers/import";
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "_csrf",
                publisher.get(path + "?newsletter=" + paper.slug()).formTo(path).value("_csrf"));
        fields.put("newsletter", paper.slug());
        fields.put("basis", basis);
        String one = upload(publisher, path, fields, csv)
                .headers()
                .firstValue("Location")
                .map(where -> URI.create(where).getPath())
                .orElseThrow();
        HttpBrowser.Page question = publisher.get(one).formTo(one + "/columns").submit();
        assertThat(question.text()).contains("One question first", "snoozed");
        HttpBrowser.Page ready =
                question.formTo(one + "/answers").fill("answer", "LEFT").submit();
        assertThat(ready.text()).contains("What will happen", "One wrong row", "Line 6");
        assertThat(standing(paper, reader)).isEqualTo("unknown");
        HttpBrowser.Page done = ready.formTo(one + "/run").submit();

        assertThat(done.text()).contains("Imported", "One wrong row", "Line 6");
        assertThat(standing(paper, reader)).isEqualTo("confirmed");
        assertThat(Stream.of(left, snoozed, bounced).map(address -> standing(paper, address)))
                .containsOnly("unsubscribed");
        var wrong = publisher.request("GET", one + "/wrong-rows.csv", "", Map.of());
        assertThat(wrong.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
        assertThat(wrong.body()).contains(",6,address-invalid,nobody at all,Ed,active");

        String exported = publisher
                .request("GET", "/staff/subscribers/export.csv?newsletter=" + paper.slug(), "", Map.of())
                .body();
        assertThat(exported).startsWith("\uFEFFaddress,name,").contains(reader + ",'=Ann,");
        Paper other = newsletter("moved-again");
        var again = importing(other, basis, exported, key());
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(json(again).getInt("added")).isEqualTo(1);
        assertThat(json(again).getInt("left")).isEqualTo(2);
        assertThat(json(again).getInt("blocked")).isEqualTo(1);
        assertThat(standing(other, reader)).isEqualTo("confirmed");
        assertThat(Stream.of(left, snoozed, bounced).map(address -> standing(other, address)))
                .containsOnly("unsubscribed");

        JsonObject draft = draft(other, "Too late");
        String order = Json.createObjectBuilder()
                .add("version", draft.getInt("version"))
                .add("at", "2020-01-01T10:00:00Z")
                .build()
                .toString();
        checkProblem(post("/api/v1/issues/" + draft.getString("id") + "/send", order, key()), 422, "invalid");
    }

    private static HttpResponse<String> upload(
            HttpBrowser browser, String path, Map<String, String> fields, String file) {
        String boundary = "----the-parts-of-a-form";
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\""
                + name + "\"\r\n\r\n" + value + "\r\n"));
        body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + (file.isEmpty() ? "" : "list.csv") + "\"\r\nContent-Type: text/csv\r\n\r\n" + file + "\r\n--"
                + boundary
                + "--\r\n");
        return browser.request(
                "POST", path, body.toString(), Map.of("Content-Type", "multipart/form-data; boundary=" + boundary));
    }

    /** Issue 12: forms on other sites, named or not, of today and of a listmonk before; programs; and what fills in every field. */
    @Test
    void joinsFromOtherSites() {
        Paper paper = newsletter("elsewhere");
        String slug = paper.slug();
        Map<String, String> cross = Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                "https://elsewhere.example",
                "Sec-Fetch-Site",
                "cross-site");
        String first = Site.fresh("elsewhere");
        HttpBrowser reader = site().browser();

        // A site that nobody named: nothing is asked for yet, and nothing is lost.
        var onceMore = reader.request("POST", "/join/" + slug, "email=" + first + "&leave-empty=", cross);
        assertThat(onceMore.statusCode()).isEqualTo(200);
        assertThat(onceMore.body()).contains("press the button once more", "value=\"" + first + "\"");
        // Without a browser, as a site's own server asks.
        String second = Site.fresh("elsewhere");
        String list = UUID.randomUUID().toString();
        var form = staff.get("/staff/newsletters/" + paper.id() + "/form");
        assertThat(form.document().select("pre").text()).contains("/join/" + slug, "name=\"email\"");
        assertThat(form.formTo("/staff/newsletters/" + paper.id() + "/form")
                        .fill("aliases", list + "\nnonsense")
                        .submit()
                        .text())
                .contains("“nonsense” is no UUID");
        assertThat(form.formTo("/staff/newsletters/" + paper.id() + "/form")
                        .fill("aliases", list)
                        .submit()
                        .text())
                .contains(paper.name());
        var plain = Map.of("Content-Type", "application/x-www-form-urlencoded");
        assertThat(site().browser()
                        .request("POST", "/join/" + slug, "email=" + second, plain)
                        .statusCode())
                .isEqualTo(303);
        String third = Site.fresh("elsewhere");
        assertThat(site().browser()
                        .request(
                                "POST",
                                "/subscription/form",
                                "email=" + third + "&name=Ada&l=" + list + "&nonce=",
                                plain)
                        .statusCode())
                .isEqualTo(303);
        String fourth = Site.fresh("elsewhere");
        var json = site().browser()
                .request(
                        "POST",
                        "/api/public/subscription",
                        "{\"email\":\"" + fourth + "\",\"name\":\"Ada\",\"list_uuids\":[\"" + list + "\"]}",
                        Map.of("Content-Type", "application/json"));
        assertThat(json.body()).isEqualTo("{\"data\":{\"has_optin\":true}}");
        assertThat(site().browser().get("/api/public/lists").text()).contains(list, paper.name());
        // A script on a page of a site that was named, and on one that was not.
        for (String origin : List.of("https://named.example", "https://elsewhere.example")) {
            var preflight = site().browser()
                    .request(
                            "OPTIONS",
                            "/api/public/subscription",
                            "",
                            Map.of(
                                    "Origin",
                                    origin,
                                    "Sec-Fetch-Site",
                                    "cross-site",
                                    "Access-Control-Request-Method",
                                    "POST",
                                    "Access-Control-Request-Headers",
                                    "content-type"));
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEqualTo(Optional.of(origin).filter("https://named.example"::equals));
        }
        String sixth = Site.fresh("elsewhere");
        assertThat(site().browser()
                        .request(
                                "POST",
                                "/join/" + slug,
                                "email=" + sixth + "&language=de",
                                Map.of(
                                        "Content-Type",
                                        "application/x-www-form-urlencoded",
                                        "Origin",
                                        "https://named.example",
                                        "Sec-Fetch-Site",
                                        "cross-site"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(site().mails().to(sixth, paper.name()).text()).contains("Ja, ich möchte abonnieren");
        String fifth = Site.fresh("elsewhere");
        var asked = post(
                "/api/v1/subscriptions",
                "{\"address\":\"" + fifth + "\",\"newsletters\":[\"" + slug + "\"],\"language\":\"de\"}",
                key());
        assertThat(asked.statusCode()).isEqualTo(202);
        checkProblem(
                post("/api/v1/subscriptions", "{\"address\":\"" + fifth + "\",\"newsletters\":[\"no\"]}", key()),
                422,
                "invalid");
        // A program that fills in whatever there is.
        String robot = Site.fresh("elsewhere");
        assertThat(site().browser()
                        .request("POST", "/join/" + slug, "email=" + robot + "&leave-empty=x", plain)
                        .statusCode())
                .isEqualTo(303);

        for (String address : List.of(second, third, fourth, fifth)) {
            String link = site().mails().to(address, paper.name()).link("/subscribe/confirm/");
            site().browser().get(link).form().submit();
            assertThat(standing(paper, address)).isEqualTo("confirmed");
        }
        assertThat(site().mails().all(robot)).isEmpty();
        assertThat(site().mails().all(first)).isEmpty();
    }

    // Programs

    @Test
    void givesAProgramTheSameAnswerAgain() {
        Paper paper = newsletter("replayed");
        String reader = Site.fresh("replayed");
        imports(paper, List.of(reader));
        String create = "/api/v1/newsletters/" + paper.id() + "/issues";
        String text = issueJson("Replayed");
        String key = key();

        var created = post(create, text, key);
        var again = post(create, text, key);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(created.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(created.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        checkProblem(post(create, issueJson("Other"), key), 422, "idempotency-key-reused");
        checkProblem(
                api(token, "POST", create, text, Map.of("Content-Type", "application/json")),
                400,
                "idempotency-key-missing");

        JsonObject issue = json(created);
        String send = "/api/v1/issues/" + issue.getString("id") + "/send";
        String order = "{\"version\":" + issue.getInt("version") + ",\"recipients\":1}";
        String orderKey = key();
        var sent = post(send, order, orderKey);
        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(post(send, order, orderKey).body()).isEqualTo(sent.body());
        checkProblem(post(send, order, key()), 409, "not-a-draft");
        awaitState(json(sent).getString("mailing"), "finished");
        assertThat(site().mails().all(reader)).hasSize(1);
    }

    @Test
    void takesAQueryForPartOfTheRequestWhenItIsRepeated() {
        Paper paper = newsletter("query");
        String key = key();
        String csv = "address\n" + Site.fresh("query") + "\n";

        assertThat(importing(paper, "They signed a list at our desk in the hall.", csv, key)
                        .statusCode())
                .isEqualTo(200);
        checkProblem(
                importing(paper, "They signed another list at another desk.", csv, key), 422, "idempotency-key-reused");
    }

    @Test
    void leavesTheKeyFreeOfWhatWasRefused() {
        Paper paper = newsletter("free");
        String create = "/api/v1/newsletters/" + paper.id() + "/issues";
        String key = key();

        checkProblem(post(create, issueJson(""), key), 422, "invalid");

        assertThat(post(create, issueJson("Mended"), key).statusCode()).isEqualTo(201);
    }

    /** The first has sent more than what tells requests apart, and not all of it yet. */
    @Test
    void saysThatTheSameRequestIsStillUnderWay() throws IOException {
        Paper paper = newsletter("underway");
        String key = key();
        String basis = "They signed a list at our desk in the hall.";
        String csv = "address\n" + Site.fresh("underway") + "\n" + "\n".repeat(1_500_000);
        URI site = URI.create(site().url());
        try (var first = new Socket(site.getHost(), site.getPort())) {
            first.setSoTimeout(60_000);
            OutputStream out = first.getOutputStream();
            out.write(("POST /api/v1/newsletters/" + paper.id() + "/subscribers?basis="
                            + URLEncoder.encode(basis, StandardCharsets.UTF_8) + " HTTP/1.1\r\nHost: "
                            + site.getAuthority()
                            + "\r\nAuthorization: Bearer " + token + "\r\nIdempotency-Key: " + key
                            + "\r\nContent-Type: text/csv\r\nConnection: close\r\nContent-Length: "
                            + csv.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(csv.substring(0, 1_200_000).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            HttpResponse<String> second = importing(paper, basis, "nothing\n", key);
            for (int tries = 0; second.statusCode() != 409 && tries < 100; tries++) {
                // The first had not come that far; a refused one leaves no key.
                second = importing(paper, basis, "nothing\n", key);
            }
            checkProblem(second, 409, "in-progress");
            assertThat(second.headers().firstValue("Retry-After")).isPresent();

            out.write(csv.substring(1_200_000).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 202");
        }

        HttpResponse<String> again = importing(paper, basis, csv, key);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(json(again).getString("newsletter")).isEqualTo(paper.id());
    }

    @Test
    void refusesProgramsWithoutTheTokenForIt() {
        Paper paper = newsletter("refused");
        JsonObject draft = draft(paper, "Refused");
        String path = "/api/v1/issues/" + draft.getString("id");
        String order = "{\"version\":" + draft.getInt("version") + "}";
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Idempotency-Key", key());
        String writer = token("NEWSLETTERS_WRITE");

        assertThat(api(writer, "GET", path, "", Map.of()).statusCode()).isEqualTo(200);
        checkProblem(api(writer, "POST", path + "/send", order, headers), 403, "api-scope-missing");
        checkProblem(api("tdg_" + "a".repeat(43), "POST", path + "/send", order, headers), 401, "api-token-invalid");
        checkProblem(site().browser().request("POST", path + "/send", order, headers), 401, "api-token-missing");
        checkProblem(staff.request("POST", path + "/send", order, headers), 401, "api-token-missing");
        checkProblem(api(token, "GET", "/api/v1/issues/" + UUID.randomUUID(), "", Map.of()), 404, "not-found");
        checkProblem(post("/api/v1/newsletters/" + paper.id() + "/issues", issueJson(""), key()), 422, "invalid");
        assertThat(json(api(token, "GET", path, "", Map.of())).getString("state"))
                .isEqualTo("draft");
    }

    private static void checkProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).getString("type")).isEqualTo("/problems/" + type);
    }

    // What the tests need

    private Paper newsletter(String word) {
        String slug = "it-" + word + "-" + ++names;
        String name = "The " + word + " post " + names;
        var made = staff.get("/staff/newsletters/new")
                .form()
                .fill("name", name)
                .fill("slug", slug)
                .fill("description", "What tests read.")
                .fill("cadence", "Monthly")
                .fill("language", "en")
                .submit();
        assertThat(made.path()).isEqualTo("/staff/newsletters");
        return json(api(token, "GET", "/api/v1/newsletters", "", Map.of()))
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(item -> item.getString("slug").equals(slug))
                .map(item -> new Paper(item.getString("id"), slug, name))
                .findFirst()
                .orElseThrow();
    }

    /** A key for programs of the administrator. */
    private String token(String... scopes) {
        var page = staff.get("/me/tokens");
        String csrf = page.formTo("/me/tokens").value("_csrf");
        String body = "_csrf=" + csrf + "&label=tests&days=30&scope=" + String.join("&scope=", scopes);
        String made = staff.request("POST", "/me/tokens", body, Map.of("Content-Type", FORM))
                .body();
        return Jsoup.parse(made).select("main code").text();
    }

    private static List<String> readers(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> Site.fresh(name)).toList();
    }

    private void imports(Paper paper, List<String> addresses) {
        var answer = importing(
                paper,
                "They signed a list at our desk in the hall.",
                "address\n" + String.join("\n", addresses) + "\n",
                key());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).getInt("added")).isEqualTo(addresses.size());
    }

    private HttpResponse<String> importing(Paper paper, String basis, String csv, String key) {
        return api(
                token,
                "POST",
                "/api/v1/newsletters/" + paper.id() + "/subscribers?basis="
                        + URLEncoder.encode(basis, StandardCharsets.UTF_8),
                csv,
                Map.of("Content-Type", "text/csv", "Idempotency-Key", key));
    }

    private String standing(Paper paper, String address) {
        var found = json(api(
                        token,
                        "POST",
                        "/api/v1/newsletters/" + paper.id() + "/subscribers/search",
                        Json.createObjectBuilder().add("text", address).build().toString(),
                        Map.of("Content-Type", "application/json")))
                .getJsonArray("items");
        return found.isEmpty() ? "unknown" : found.getJsonObject(0).getString("state");
    }

    private static String issueJson(String subject) {
        return Json.createObjectBuilder()
                .add("subject", subject)
                .add("markdown", "Good evening, {{name}}.")
                .build()
                .toString();
    }

    private JsonObject draft(Paper paper, String subject) {
        var created = post("/api/v1/newsletters/" + paper.id() + "/issues", issueJson(subject), key());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created);
    }

    /** @return the mailing's id */
    private String send(Paper paper, String subject) {
        return send(draft(paper, subject));
    }

    private String send(JsonObject draft) {
        var sent = post(
                "/api/v1/issues/" + draft.getString("id") + "/send",
                "{\"version\":" + draft.getInt("version") + "}",
                key());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        return json(sent).getString("mailing");
    }

    private JsonObject mailing(String id) {
        return json(api(token, "GET", "/api/v1/mailings/" + id, "", Map.of()));
    }

    private JsonObject awaitState(String mailing, String state) {
        await("mailing " + state, () -> mailing(mailing).getString("state").equals(state));
        return mailing(mailing);
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

    /** Those to whom at least so many mails have come. */
    private static List<String> having(List<String> readers, int mails) {
        return readers.stream()
                .filter(reader -> site().mails().all(reader).size() >= mails)
                .toList();
    }

    private static String leaveUrl(MailProbe.Received mail) {
        String header = mail.header("List-Unsubscribe").orElseThrow();
        return header.substring(1, header.indexOf('>'));
    }

    /** As mail programs do: from elsewhere and without a cookie. */
    private static HttpResponse<String> oneClick(String url, String type, String body) {
        return site().browser()
                .request(
                        "POST",
                        url,
                        body,
                        Map.of(
                                "Content-Type",
                                type,
                                "Origin",
                                "https://mail.example.org",
                                "Sec-Fetch-Site",
                                "cross-site"));
    }

    private HttpResponse<String> post(String path, String body, String key) {
        return api(token, "POST", path, body, Map.of("Content-Type", "application/json", "Idempotency-Key", key));
    }

    private static HttpResponse<String> api(
            String token, String method, String path, String body, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        all.put("Accept", "application/json");
        return site().browser().request(method, path, body, all);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static JsonObject json(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    /** Every header's values under its name in lower case. */
    private static Map<String, List<String>> headers(MailProbe.Received mail) {
        String source = mail.raw().text();
        String head = source.substring(0, source.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]", " ");
        Map<String, List<String>> headers = new TreeMap<>();
        Arrays.stream(head.split("\r\n", -1)).forEach(line -> {
            String[] parts = line.split(":", 2);
            headers.merge(
                    parts[0].toLowerCase(Locale.ROOT),
                    List.of(parts[1].strip()),
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
        });
        return headers;
    }
}
