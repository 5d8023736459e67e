package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What everybody must be told: written by one, approved by another, got by every account. */
class AnnouncementsIT {
    private static String author = "";
    private static String approver = "";

    @BeforeAll
    static void hireTwoAnnouncers() {
        author = announcer("author");
        approver = announcer("approver");
    }

    private static String announcer(String name) {
        String address = Site.fresh(name);
        Crew.administrator()
                .get("/staff/people")
                .formTo("/staff/people/invite")
                .fill("address", address)
                .fill("role", "ANNOUNCER")
                .submit();
        HttpBrowser browser = site().browser();
        browser.get(site().mails().to(address, "Invitation").link("/confirm/"))
                .form()
                .submit()
                .form()
                .fill("name", name)
                .fill("password", Crew.PASSWORD)
                .submit();
        return address;
    }

    @Test
    void needsASecondPersonAndReachesEveryAccount() {
        String reader = Site.fresh("reader");
        Crew.opensAccount(reader, "Ada");
        HttpBrowser writing = Crew.signedIn(author);
        String path = draft(writing, "security", "Please check your sessions " + reader.substring(0, 12));

        var refused = writing.get(path + "/edit").form().fill("en.what", "").submit();
        assertThat(refused.path()).isEqualTo(path);
        assertThat(writing.get(path).formTo(path + "/submit").submit().status()).isEqualTo(422);
        writing.get(path + "/edit")
                .form()
                .fill("en.what", "We ended sessions older than a day.")
                .submit();
        writing.get(path).formTo(path + "/submit").submit();
        var own = writing.get(path + "/approve").formTo(path + "/approve").submit();
        assertThat(own.text()).contains("Another announcer has to decide");

        HttpBrowser second = Crew.signedIn(approver);
        second.get(path + "/approve").formTo(path + "/approve").submit();
        var counting = writing.get(path + "/publish");
        String count = counting.document().select("p.figure").text().replaceAll("\\D", "");
        assertThat(counting.formTo(path + "/publish")
                        .fill("count", "9" + count)
                        .submit()
                        .status())
                .isEqualTo(422);
        assertThat(site().browser().get("/announcements").text()).doesNotContain(reader.substring(0, 12));
        writing.get(path + "/publish")
                .formTo(path + "/publish")
                .fill("count", count)
                .submit();

        var mail = site().mails().to(reader, "[Security] Please check your sessions");
        assertThat(mail.header("List-Unsubscribe")).isEmpty();
        assertThat(mail.text())
                .contains("We ended sessions", "cannot be switched off", "/me/close", "/me/subscriptions");
        privacyOfficersSeeWhoGotIt(path.replace("/staff/announcements/", "/staff/reached/"), reader, writing);
        String shown = path.replace("/staff", "");
        assertThat(site().browser().get(shown).text()).contains("We ended sessions older than a day.");
        assertThat(site().browser().get("/announcements.atom").body()).contains(shown);
        assertThat(bannerSoon("Please check your sessions")).contains("Please check your sessions");
        endsWithoutAMail(writing, path);
    }

    /** Only where that is confirmed: people were told. */
    private static void endsWithoutAMail(HttpBrowser writing, String path) {
        var asked = writing.get(ending(path))
                .formTo(ending(path))
                .fill("outcome", "completed")
                .untick("tell")
                .submit();
        assertThat(asked.text()).contains("Only the public page, the feeds and the followed calendar will say so");
        assertThat(asked.formTo(ending(path)).submit().text()).contains("No mail was sent");
        assertThat(writing.get(ending(path)).text()).contains("that is final");
    }

    /**
     * ANN-02, REP-07: after a cancellation was told, mail, page, feeds and calendar say so, and nothing says "planned". The second person is
     * told by mail that it waits for her.
     */
    @Test
    void tellsThatAWindowIsCancelledAndNothingRevivesIt_ANN02_REP07() {
        String reader = Site.fresh("cancelled");
        Crew.opensAccount(reader, "Ada");
        HttpBrowser writing = Crew.signedIn(author);
        HttpBrowser second = Crew.signedIn(approver);
        String headline = "Move of " + reader.substring(0, 12);
        String path = draft(writing, "maintenance", headline);
        emergency(writing, path);
        assertThat(site().mails().to(reader, "[Maintenance] " + headline).calendar())
                .contains("STATUS:CONFIRMED");
        second.get(path)
                .formTo(path + "/review")
                .fill("judgement", "It could not wait.")
                .submit();

        var begun = writing.get(ending(path))
                .formTo(ending(path))
                .fill("outcome", "cancelled")
                .fill("tell", "yes")
                .submit();
        String update = begun.path().replace("/edit", "");
        begun.formTo(update + "/edit").submit();
        writing.get(update).formTo(update + "/submit").submit();
        assertThat(site().mails().to(approver, "Waits for you: " + headline).text())
                .contains(update);
        second.get(update + "/approve").formTo(update + "/approve").submit();
        assertThat(site().mails().to(author, "Approved: " + headline).text()).contains(update);
        emergency(writing, update);

        var mail = site().mails().to(reader, "[Maintenance] Cancelled: " + headline);
        assertThat(mail.calendar()).contains("STATUS:CANCELLED", "SEQUENCE:1").doesNotContain("STATUS:CONFIRMED");
        String shown = path.replace("/staff", "");
        var page = site().browser().get(shown);
        assertThat(page.document().select("main").text())
                .contains("Cancelled", "This maintenance does not take place.")
                .doesNotContainIgnoringCase("planned");
        assertThat(site().browser().get("/maintenance.ics").body())
                .containsPattern("(?s)SEQUENCE:1\r\n.{0,200}STATUS:CANCELLED");
        assertThat(site().browser().get("/announcements.atom").body()).contains("Cancelled: [Maintenance] " + headline);
        assertThat(writing.get(ending(update)).text()).contains("that is final");
        assertThat(writing.get(update + "/text").text()).contains("Cancelled: " + headline);
        unchangedFeedsAreNotSentAgain();
    }

    private static String ending(String path) {
        return path.replace("/announcements/", "/endings/");
    }

    /** At once, which a test has no ten minutes to wait for. */
    private static void emergency(HttpBrowser writing, String path) {
        var counting = writing.get(path + "/emergency");
        String count = counting.document().select("p.figure").text().replaceAll("\\D", "");
        var form = counting.formTo(path + "/emergency").fill("count", count).fill("reason", "A test cannot wait.");
        if (!counting.document().select("[name=override]").isEmpty()) {
            form.fill("override", "Tests announce more than people.");
        }
        assertThat(form.submit().text()).contains("It goes out now.");
    }

    private static void unchangedFeedsAreNotSentAgain() {
        for (String feed : List.of("/announcements.atom", "/announcements.json", "/maintenance.ics")) {
            var first = site().browser().request("GET", feed, "", Map.of());
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(first.headers().firstValue("Last-Modified")).isPresent();
            var again = site().browser().request("GET", feed, "", Map.of("If-None-Match", tag));
            assertThat(again.statusCode()).as(feed).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    private static void privacyOfficersSeeWhoGotIt(String path, String reader, HttpBrowser announcer) {
        assertThat(announcer.get(path).status()).isEqualTo(403);
        HttpBrowser officer = Crew.administrator();
        HttpBrowser.Page reached = officer.get(path + "?state=HANDED_OVER");
        for (int i = 0; i < 100 && !reached.text().contains(reader); i++) {
            TidingsProcess.pause(100);
            reached = officer.get(path + "?state=HANDED_OVER");
        }
        assertThat(reached.text()).contains(reader, "Handed over", "250");
        assertThat(officer.get(path + "/deliveries.csv").body()).contains(reader + ",Ada,HANDED_OVER,");
        String record =
                reached.document().select("tbody a:contains(" + reader + ")").attr("href");
        assertThat(officer.get(record)
                        .form()
                        .fill("reason", "She asks whether we wrote")
                        .submit()
                        .text())
                .contains("Please check your sessions", "Handed over");
        assertThat(officer.get("/staff/audit").text()).contains("Looked at who got an announcement");
        programsSeeItToo(path.substring(path.lastIndexOf('/') + 1), record.substring(record.lastIndexOf('/') + 1));
    }

    private static void programsSeeItToo(String id, String account) {
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + Crew.token("ANNOUNCEMENTS", "ACCOUNTS"), "Accept", "application/json");
        String path = "/api/v1/announcements/" + id;
        assertThat(site().browser()
                        .request("GET", path + "/mailing", "", headers)
                        .body())
                .contains("\"sent\":", "\"skipped\":");
        var deliveries = site().browser().request("GET", path + "/deliveries?limit=200&state=handed-over", "", headers);
        assertThat(deliveries.statusCode()).as(deliveries.body()).isEqualTo(200);
        assertThat(deliveries.body()).contains(account, "\"handed-over\"").doesNotContain("@");
        assertThat(site().browser()
                        .request("GET", path + "/deliveries?state=lost", "", headers)
                        .statusCode())
                .isEqualTo(400);
        String mailing = "/api/v1/mailings/"
                + site().browser()
                        .request("GET", path + "/mailing", "", headers)
                        .body()
                        .replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
        Map<String, String> publisher =
                Map.of("Authorization", "Bearer " + Crew.token("NEWSLETTERS_SEND"), "Accept", "application/json");
        assertThat(List.of(mailing, mailing + "/deliveries"))
                .as("whom an announcement reached is not for who sends newsletters (SEC-51)")
                .allSatisfy(hidden -> assertThat(site().browser()
                                .request("GET", hidden, "", publisher)
                                .statusCode())
                        .isEqualTo(404));
        assertThat(site().browser().request("DELETE", path, "", headers).body()).contains("already-published");
    }

    /** The banner is kept for two seconds. */
    private static String bannerSoon(String wanted) {
        String text = "";
        for (int i = 0; i < 100 && !text.contains(wanted); i++) {
            TidingsProcess.pause(100);
            text = site().browser().get("/").document().select(".banner").text();
        }
        return text;
    }

    @Test
    void takesADraftFromAProgramOnce() {
        HttpBrowser writing = Crew.signedIn(author);
        var made = writing.get("/me/tokens")
                .formTo("/me/tokens")
                .fill("label", "status page")
                .fill("scope", "ANNOUNCEMENTS")
                .fill("days", "30")
                .submit();
        Matcher token = Pattern.compile("tdg_[A-Za-z0-9_-]{43}").matcher(made.body());
        assertThat(token.find()).isTrue();
        Map<String, String> headers = Map.of(
                "Authorization",
                "Bearer " + token.group(),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "incident-1");
        String json = "{\"type\":\"incident\",\"window\":{\"start\":\"2026-11-22T07:00:00Z\",\"timeZone\":\"UTC\"},"
                + "\"texts\":{\"en\":{\"headline\":\"From a program\",\"what\":\"Upgrade today, it is 20 % off.\"}}}";

        var created = site().browser().request("POST", "/api/v1/announcements", json, headers);
        var again = site().browser().request("POST", "/api/v1/announcements", json, headers);

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).contains("\"state\":\"draft\"", "\"rule\":\"benefit\"");
        assertThat(again.body()).isEqualTo(created.body());
        String location = created.headers().firstValue("Location").orElseThrow();
        String path = location.substring(location.indexOf("/api/"));
        var submitted =
                site().browser().request("POST", path + "/submit", "", with(headers, "Idempotency-Key", "incident-2"));
        assertThat(submitted.statusCode()).isEqualTo(422);
        assertThat(submitted.body()).contains("/texts/en/ifMissed", "missing");
        var published = site().browser()
                .request(
                        "POST",
                        path + "/publish",
                        "{\"recipients\":1}",
                        with(headers, "Idempotency-Key", "incident-3"));
        assertThat(published.statusCode()).as("not approved").isEqualTo(409);
        assertThat(published.body()).contains("not-approved").doesNotContain("faster");
        var closed = site().browser()
                .request(
                        "POST",
                        path + "/close",
                        "{\"outcome\":\"completed\",\"tell\":false}",
                        with(headers, "Idempotency-Key", "incident-5"));
        assertThat(closed.statusCode()).as(closed.body()).isEqualTo(409);
        assertThat(closed.body()).contains("not-published");
        changesTheDraft(path, headers);
        var listed = site().browser().request("GET", "/api/v1/announcements?limit=1", "", headers);
        assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
        assertThat(listed.body()).contains("\"items\"");
        throwsTheDraftAway(path, headers, writing);
    }

    private static void throwsTheDraftAway(String path, Map<String, String> headers, HttpBrowser writing) {
        var unsent = site().browser().request("GET", path + "/mailing", "", headers);
        assertThat(unsent.statusCode()).isEqualTo(409);
        assertThat(unsent.body()).contains("not-published");
        assertThat(site().browser()
                        .request("GET", path + "/deliveries", "", headers)
                        .statusCode())
                .as("whom it reached is for privacy officers")
                .isEqualTo(403);

        assertThat(site().browser().request("DELETE", path, "", headers).statusCode())
                .isEqualTo(204);

        assertThat(site().browser().request("GET", path, "", headers).statusCode())
                .isEqualTo(404);
        String page = "/staff/announcements/" + path.substring(path.lastIndexOf('/') + 1);
        var elsewhere = writing.get("/staff/announcements");
        assertThat(elsewhere.text()).contains("From a program, corrected");
        var back = elsewhere.formTo(page + "/bring-back").submit();
        assertThat(back.path()).isEqualTo(page);
        var editing = writing.get(page + "/edit").form().fill("en.what", "Typed while it was thrown away.");
        writing.get(page + "/discard").formTo(page + "/discard").submit();
        var kept = editing.submit();
        assertThat(kept.status()).isEqualTo(422);
        assertThat(kept.text()).contains("Somebody else changed it while you were writing");
        assertThat(kept.formTo(page + "/edit").value("en.what")).isEqualTo("Typed while it was thrown away.");
        assertThat(writing.get(page).status())
                .as("it came back for who still writes it")
                .isEqualTo(200);
    }

    private static void changesTheDraft(String path, Map<String, String> headers) {
        String before = site().browser().request("GET", path, "", headers).body();
        Matcher version = Pattern.compile("\"version\":(\\d+)").matcher(before);
        assertThat(version.find()).as(before).isTrue();
        String change = "{\"version\":" + version.group(1) + ",\"content\":{\"type\":\"incident\","
                + "\"window\":{\"start\":\"2026-11-22T07:00:00Z\",\"timeZone\":\"UTC\"},"
                + "\"texts\":{\"en\":{\"headline\":\"From a program, corrected\",\"what\":\"One in five requests fails.\"}}}}";

        var changed = site().browser().request("PUT", path, change, headers);
        var late = site().browser().request("PUT", path, change, headers);

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.body()).contains("From a program, corrected").contains("\"findings\":[]");
        assertThat(late.statusCode()).as("somebody changed it meanwhile").isEqualTo(409);
        assertThat(site().browser()
                        .request("POST", path + "/updates", "", with(headers, "Idempotency-Key", "incident-4"))
                        .statusCode())
                .as("not published: it is the draft itself")
                .isEqualTo(200);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    @Test
    void isTakenBackWithinTheUndoWindow() {
        HttpBrowser writing = Crew.signedIn(author);
        String path = draft(writing, "maintenance", "Taken back maintenance");
        writing.get(path).formTo(path + "/submit").submit();
        HttpBrowser second = Crew.signedIn(approver);
        second.get(path + "/approve").formTo(path + "/approve").submit();
        var counting = second.get(path + "/publish");
        String count = counting.document().select("p.figure").text().replaceAll("\\D", "");
        counting.formTo(path + "/publish").fill("count", count).submit();

        var back = second.get(path).formTo(path + "/stop").submit();

        assertThat(back.text()).contains("Nobody got it");
        assertThat(site().browser().get(path.replace("/staff", "")).status()).isEqualTo(404);
    }

    /** ANN-04, REV-M4: what looks like promotion is sent with a reason, everybody who may stop it is told, and it is reviewed. */
    @Test
    void anEmergencyAsksOnceTellsTheOthersAndWaitsForItsReview_ANN04_REVM4() {
        HttpBrowser writing = Crew.signedIn(author);
        String path = draft(writing, "incident", "Upgrade today: page does not open");

        var asking = writing.get(path + "/emergency");
        assertThat(asking.document().select("blockquote.finding mark").text()).isEqualTo("Upgrade today");
        String count = asking.document().select("p.figure").text().replaceAll("\\D", "");
        var refused = asking.formTo(path + "/emergency")
                .fill("reason", "Members lose drafts")
                .fill("count", count)
                .submit();
        assertThat(refused.status()).isEqualTo(422);
        refused.formTo(path + "/emergency")
                .fill("finding-0", "It is the name of the page.")
                .submit();

        String link =
                site().mails().to(approver, "Emergency: an announcement goes").link("/staff/emergencies/");
        HttpBrowser second = Crew.signedIn(approver);
        assertThat(second.get(link).text()).contains("Members lose drafts", "It is the name of the page.");
        assertThat(Crew.administrator().get(link).status()).isEqualTo(200);
        assertThat(Crew.administrator().get("/staff").text()).contains("Upgrade today: page does not open");
        String other = draft(writing, "incident", "Something else is broken");
        var another = writing.get(other + "/emergency");
        assertThat(another.formTo(other + "/emergency")
                        .fill("reason", "It is broken as well")
                        .fill(
                                "count",
                                another.document().select("p.figure").text().replaceAll("\\D", ""))
                        .submit()
                        .text())
                .contains("An emergency still waits for its review: “Upgrade today: page does not open”.");
        assertThat(second.get(path)
                        .formTo(path + "/review")
                        .fill("judgement", "It could not have waited.")
                        .submit()
                        .text())
                .contains("It could not have waited.");
        endsWithoutAMail(writing, path);
    }

    @Test
    void showsThePrivacyPolicyInBothLanguages() {
        assertThat(site().browser().get("/privacy").text()).contains("This is how", "Newsletters", "Version 1");
        assertThat(site().browser().get("/privacy?lang=de").text()).contains("Datenschutzerklärung", "Fassung 1");
        assertThat(site().browser().get("/policies/privacy/1").status()).isEqualTo(200);
        assertThat(site().browser().get("/policies/privacy/99").status()).isEqualTo(404);
        assertThat(site().browser()
                        .get("/maintenance.ics")
                        .header("Content-Type")
                        .orElse(""))
                .startsWith("text/calendar");
    }

    private static String draft(HttpBrowser writing, String type, String headline) {
        LocalDateTime start = LocalDateTime.now(ZoneOffset.UTC).plusDays(2).truncatedTo(ChronoUnit.MINUTES);
        var form = writing.get("/staff/announcements/new?type=" + type)
                .formTo("/staff/announcements/new")
                .fill("en.headline", headline)
                .fill("en.what", "We work on the database.")
                .fill("en.action", "Nothing.")
                .fill("en.affected", "Everybody with an account.")
                .fill("en.impact", "You may have to sign in again.")
                .fill("en.if-missed", "You would wonder why.")
                .fill("en.contact", "service@example.net")
                .fill("undo", type.equals("maintenance") ? "10" : "0");
        if (type.equals("maintenance")) {
            form.fill("start", start.toString()).fill("end", start.plusHours(1).toString());
        } else if (type.equals("incident")) {
            form.fill("start", start.minusDays(2).minusHours(1).toString());
        }
        return form.submit().path();
    }
}
