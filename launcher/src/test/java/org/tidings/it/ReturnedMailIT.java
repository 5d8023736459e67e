package org.tidings.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What comes back: by the listener, by a webhook, and what readers, holders and staff see of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReturnedMailIT {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final HttpBrowser staff = Crew.administrator();
    private final String token = token();
    private int names;

    private record Paper(String id, String name) {}

    /** MSG-13, BNC-01 to BNC-03; lifted by staff with a reason, which is in the audit log. */
    @Test
    void aReportToTheEnvelopeSenderSuppressesUntilStaffLiftIt() throws IOException {
        Paper paper = newsletter();
        String gone = Site.fresh("gone");
        String stays = Site.fresh("stays");
        imports(paper, List.of(gone, stays));
        send(paper, "First " + paper.name());
        String sender = site().mails().to(gone, "First").raw().from();
        assertThat(sender)
                .matches("b\\+[a-z2-7]{26,40}\\.[a-z2-7]{16}@" + Site.BOUNCE_DOMAIN)
                .satisfies(from -> assertThat(from.indexOf('@')).isLessThanOrEqualTo(64));

        assertThat(deliver(sender, dsn(gone, "5.1.1"))).contains("250 2.0.0 stored");

        await("suppressed", () -> lookUp(gone).text().contains("Nobody there"));
        assertThat(lookUp(gone).text()).contains("No such mailbox 5.1.1").doesNotContain("USER_UNKNOWN");
        assertThat(lookUp(stays).text()).contains("Nothing stands against this address");
        send(paper, "Second " + paper.name());
        site().mails().to(stays, "Second");
        site().mails().nothingMoreTo(gone);

        var address = lookUp(gone);
        assertThat(address.path()).doesNotContain("gone");
        assertThat(address.form("main form[action$=/lift]")
                        .submitWith("reason", "HARD_BOUNCED")
                        .status())
                .as("without a reason")
                .isEqualTo(422);
        String why = "Their server was set up wrongly " + paper.name();
        var lifted = address.form("main form[action$=/lift]").fill("why", why).submitWith("reason", "HARD_BOUNCED");
        assertThat(lifted.text()).contains("The address is written to again");
        assertThat(staff.get("/staff/audit").text()).contains("Lifted a suppression", why);
        send(paper, "Third " + paper.name());
        site().mails().to(gone, "Third");
    }

    @Test
    void staffReadTheReportItselfOnRecord() throws IOException {
        Paper paper = newsletter();
        String gone = Site.fresh("read");
        imports(paper, List.of(gone));
        send(paper, "Read " + paper.name());
        deliver(site().mails().to(gone, "Read").raw().from(), dsn(gone, "5.1.1"));
        await("suppressed", () -> lookUp(gone).text().contains("Nobody there"));

        var report = staff.get(
                lookUp(gone).document().select("main a[href^=/staff/returned/]").attr("href"));
        assertThat(report.text()).doesNotContain("Final-Recipient");
        var read = report.form("main form[method=post]").submit();

        assertThat(read.text()).contains("Final-Recipient: rfc822; " + gone);
        assertThat(staff.get("/staff/audit").text()).contains("Read a returned mail");
        assertThat(staff.get("/staff/returned").text()).contains("No such mailbox", Site.BOUNCE_DOMAIN);
        assertThat(staff.get("/staff/returned?lang=de").text()).contains("Postfach gibt es nicht");
        assertThat(staff.get("/staff/returned/review?lang=en").status()).isEqualTo(200);
    }

    /** BNC-06. */
    @Test
    void aSignedComplaintStopsNewslettersAtOnce() throws GeneralSecurityException {
        Paper paper = newsletter();
        String angry = Site.fresh("angry");
        String glad = Site.fresh("glad");
        imports(paper, List.of(angry, glad));
        String body = "[{\"type\":\"complaint\",\"recipient\":\"" + angry + "\"}]";

        assertThat(webhook(body, "t=1,v1=00").statusCode()).isEqualTo(401);
        assertThat(site().browser()
                        .request("POST", "/webhooks/mailgun", body, Map.of())
                        .statusCode())
                .as("not configured")
                .isEqualTo(404);
        assertThat(webhook("x".repeat(3 * 1024 * 1024), "t=1,v1=00").statusCode())
                .isEqualTo(413);
        var answer = webhook(body, signature(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        await("unsubscribed", () -> standing(paper, angry).equals("unsubscribed"));
        send(paper, "News " + paper.name());
        site().mails().to(glad, "News");
        site().mails().nothingMoreTo(angry);
        assertThat(lookUp(angry).text()).contains("Complained");
    }

    /** NWS-01, NWS-06. */
    @Test
    void aMailToTheUnsubscribeAddressEndsTheSubscription() throws IOException {
        Paper paper = newsletter();
        String leaver = Site.fresh("by-mail");
        imports(paper, List.of(leaver));
        send(paper, "Leave " + paper.name());
        String header =
                site().mails().to(leaver, "Leave").header("List-Unsubscribe").orElseThrow();
        String mailto = header.substring(header.indexOf("<mailto:") + 8, header.lastIndexOf('?'));
        assertThat(mailto).endsWith("@" + Site.BOUNCE_DOMAIN);

        assertThat(deliver(mailto, "From: " + leaver + "\r\nSubject: unsubscribe\r\n\r\n"))
                .contains("250 2.0.0 stored");

        await("unsubscribed", () -> standing(paper, leaver).equals("unsubscribed"));
    }

    /** Design, section 3: a banner asks for another address; proving a mailbox ends it. */
    @Test
    void aHolderWhoseMailboxIsGoneIsAskedForAnotherAddress() throws IOException, GeneralSecurityException {
        String holder = Site.fresh("holder");
        Crew.opensAccount(holder, "Holly");
        HttpBrowser member = Crew.signedIn(holder);
        assertThat(member.get("/me").text()).doesNotContain("Mail to your address comes back");
        String body = "[{\"type\":\"bounce\",\"recipient\":\"" + holder
                + "\",\"status\":\"5.1.1\",\"diagnostic\":\"no such user\"}]";
        assertThat(webhook(body, signature(body)).statusCode()).isEqualTo(200);

        await("the banner", () -> member.get("/me").text().contains("Mail to your address comes back"));
        member.get("/me/address").form().fill("address", holder).submit();
        String link = site().mails().to(holder, "new address").link("/address/");
        member.get(link).form().submit();

        assertThat(member.get("/me").text()).doesNotContain("Mail to your address comes back");
    }

    @Test
    void onlyOurOwnAddressesAreTaken() throws IOException {
        assertThat(deliver("someone@example.net", "x")).contains("550 5.7.1");
        assertThat(deliver("b+aaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaa@" + Site.BOUNCE_DOMAIN, "x"))
                .contains("550 5.7.1");
    }

    private HttpBrowser.Page lookUp(String address) {
        return staff.get("/staff/suppressed?lang=en")
                .formTo("/staff/suppressed")
                .fill("address", address)
                .submit();
    }

    private static String dsn(String recipient, String status) {
        return "From: MAILER-DAEMON@mx.example.net\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <"
                + UUID.randomUUID() + "@mx.example.net>\r\nContent-Type: multipart/report; report-type=delivery-status;"
                + " boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type:"
                + " message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; "
                + recipient + "\r\nAction: failed\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; 550 " + status
                + " no such user\r\n\r\n--b--\r\n";
    }

    private static String deliver(String recipient, String mail) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site().returnedMailPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("EHLO mx.example.net\r\nMAIL FROM:<>\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n" + mail
                                    + "\r\n.\r\nQUIT\r\n")
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static HttpResponse<String> webhook(String body, String signature) {
        return site().browser()
                .request(
                        "POST",
                        "/webhooks/generic",
                        body,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "Tidings-Signature",
                                signature,
                                "Sec-Fetch-Site",
                                "cross-site"));
    }

    private static String signature(String body) throws GeneralSecurityException {
        long at = System.currentTimeMillis() / 1_000;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Site.WEBHOOK_SECRET.getBytes(UTF_8), "HmacSHA256"));
        return "t=" + at + ",v1=" + HexFormat.of().formatHex(mac.doFinal((at + "." + body).getBytes(UTF_8)));
    }

    private Paper newsletter() {
        String slug = "returned-" + ++names;
        String name = "Returned post " + names;
        var made = staff.get("/staff/newsletters/new")
                .form()
                .fill("name", name)
                .fill("slug", slug)
                .fill("description", "What tests read.")
                .fill("cadence", "Monthly")
                .fill("language", "en")
                .submit();
        assertThat(made.path()).isEqualTo("/staff/newsletters");
        return json(api("GET", "/api/v1/newsletters", "", Map.of()))
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(item -> item.getString("slug").equals(slug))
                .map(item -> new Paper(item.getString("id"), name))
                .findFirst()
                .orElseThrow();
    }

    private String token() {
        String csrf = staff.get("/me/tokens").formTo("/me/tokens").value("_csrf");
        String body = "_csrf=" + csrf
                + "&label=returned&days=30&scope=NEWSLETTERS_WRITE&scope=NEWSLETTERS_SEND&scope=SUBSCRIBERS";
        return Jsoup.parse(staff.request(
                                "POST", "/me/tokens", body, Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .body())
                .select("main code")
                .text();
    }

    private void imports(Paper paper, List<String> addresses) {
        var answer = api(
                "POST",
                "/api/v1/newsletters/" + paper.id() + "/subscribers?basis="
                        + URLEncoder.encode("They signed a list at our desk in the hall.", UTF_8),
                "address\n" + String.join("\n", addresses) + "\n",
                Map.of("Content-Type", "text/csv"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void send(Paper paper, String subject) {
        var draft = json(api(
                "POST",
                "/api/v1/newsletters/" + paper.id() + "/issues",
                Json.createObjectBuilder()
                        .add("subject", subject)
                        .add("markdown", "Good evening, {{name}}.")
                        .build()
                        .toString(),
                Map.of("Content-Type", "application/json")));
        var sent = api(
                "POST",
                "/api/v1/issues/" + draft.getString("id") + "/send",
                "{\"version\":" + draft.getInt("version") + "}",
                Map.of("Content-Type", "application/json"));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    }

    private String standing(Paper paper, String address) {
        var found = json(api(
                        "POST",
                        "/api/v1/newsletters/" + paper.id() + "/subscribers/search",
                        Json.createObjectBuilder().add("text", address).build().toString(),
                        Map.of("Content-Type", "application/json")))
                .getJsonArray("items");
        return found.isEmpty() ? "unknown" : found.getJsonObject(0).getString("state");
    }

    private HttpResponse<String> api(String method, String path, String body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        all.put("Accept", "application/json");
        if (method.equals("POST")) {
            all.put("Idempotency-Key", UUID.randomUUID().toString());
        }
        return site().browser().request(method, path, body, all);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LONGEST_WAIT + " for " + what);
            }
            TidingsProcess.pause(100);
        }
    }
}
