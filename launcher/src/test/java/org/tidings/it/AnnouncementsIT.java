package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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
        writing.get(path + "/edit").form().fill("en.what", "We ended sessions older than a day.").submit();
        writing.get(path).formTo(path + "/submit").submit();
        var own = writing.get(path + "/approve").formTo(path + "/approve").submit();
        assertThat(own.text()).contains("Another announcer has to decide");

        HttpBrowser second = Crew.signedIn(approver);
        second.get(path + "/approve").formTo(path + "/approve").submit();
        var counting = writing.get(path + "/publish");
        String count = counting.document().select("p.figure").text().replaceAll("\\D", "");
        assertThat(counting.formTo(path + "/publish").fill("count", "9" + count).submit().status())
                .isEqualTo(422);
        assertThat(site().browser().get("/announcements").text()).doesNotContain(reader.substring(0, 12));
        writing.get(path + "/publish").formTo(path + "/publish").fill("count", count).submit();

        var mail = site().mails().to(reader, "[Security] Please check your sessions");
        assertThat(mail.header("List-Unsubscribe")).isEmpty();
        assertThat(mail.text())
                .contains("We ended sessions", "cannot be switched off", "/me/close", "/me/subscriptions");
        String shown = path.replace("/staff", "");
        assertThat(site().browser().get(shown).text()).contains("We ended sessions older than a day.");
        assertThat(site().browser().get("/announcements.atom").body()).contains(shown);
        assertThat(site().browser().get("/").document().select(".banner").text())
                .contains("Please check your sessions");
        writing.get(path).formTo(path + "/close").submit();
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

    @Test
    void showsThePrivacyPolicyInBothLanguages() {
        assertThat(site().browser().get("/privacy").text()).contains("This is how", "Newsletters", "Version 1");
        assertThat(site().browser().get("/privacy?lang=de").text()).contains("Datenschutzerklärung", "Fassung 1");
        assertThat(site().browser().get("/policies/privacy/1").status()).isEqualTo(200);
        assertThat(site().browser().get("/policies/privacy/99").status()).isEqualTo(404);
        assertThat(site().browser().get("/maintenance.ics").header("Content-Type").orElse(""))
                .startsWith("text/calendar");
    }

    private static String draft(HttpBrowser writing, String type, String headline) {
        LocalDateTime start =
                LocalDateTime.now(ZoneOffset.UTC).plusDays(2).truncatedTo(ChronoUnit.MINUTES);
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
        }
        return form.submit().path();
    }
}
