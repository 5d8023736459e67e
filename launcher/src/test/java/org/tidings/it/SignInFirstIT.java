package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import java.time.Duration;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** A form that came while the password had to be given first is not lost. */
class SignInFirstIT {

    @Test
    void sendsTheFormAfterThePasswordWasGivenAgain() {
        String invited = Site.fresh("o'hara+invited");
        HttpBrowser browser = Crew.administrator();
        var form = browser.get("/staff/people")
                .formTo("/staff/people/invite")
                .fill("address", invited)
                .tick("role");

        site().later(Duration.ofMinutes(6), () -> {
            var password = form.submit();
            assertThat(password.path()).isEqualTo("/sign-in/again");
            var wrong = password.formTo("/sign-in/again")
                    .fill("password", "wrong wrong wrong wrong")
                    .submit();
            assertThat(wrong.status()).isEqualTo(422);
            var goOn = wrong.formTo("/sign-in/again")
                    .fill("password", Crew.PASSWORD)
                    .submit();
            assertThat(goOn.text()).contains("was not sent yet");

            assertThat(goOn.formTo("/staff/people/invite").submit().text()).contains(invited);
        });
    }

    @Test
    void keepsNoPasswordOfTheFormThatWaits() {
        String address = Site.fresh("secret");
        Crew.opensAccount(address, "Ada");
        HttpBrowser browser = Crew.signedIn(address);

        var asked = browser.post(
                "/sign-in/again?for=%2Fme%2Fpassword",
                Map.of(
                        "_csrf",
                        browser.get("/me/profile").formTo("/me/profile").value("_csrf"),
                        "new-password",
                        "seven wild swans at six"));

        assertThat(asked.body()).doesNotContain("seven wild swans");
    }

    /** Signed out in another tab, with a text of many letters that are three characters each in a form. */
    @Test
    void keepsALongTextWhereSomebodySignedOutInAnotherTab_MBR18() {
        String address = Site.fresh("other-tab");
        Crew.opensAccount(address, "Ada");
        HttpBrowser browser = Crew.signedIn(address);
        browser.get("/me").formTo("/sign-out").submit();
        String text = "ü".repeat(300_000);
        String encoded = "markdown=" + "%C3%BC".repeat(300_000);

        var kept = browser.request(
                "POST",
                "/sign-in?for=%2Fstaff%2Fissues%2Fnew",
                encoded,
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Accept",
                        "text/html",
                        "Sec-Fetch-Site",
                        "same-origin"));
        assertThat(kept.statusCode()).isEqualTo(200);
        var page = Jsoup.parse(kept.body());
        assertThat(page.select("form[action=/sign-in?kept]")).hasSize(1);
        var goOn = browser.post(
                "/sign-in?kept",
                Map.of(
                        "_csrf",
                        page.select("form[action=/sign-in?kept] [name=_csrf]").val(),
                        "kept-action",
                        page.select("[name=kept-action]").val(),
                        "kept.markdown",
                        page.select("[name=kept.markdown]").val(),
                        "address",
                        address,
                        "password",
                        Crew.PASSWORD));

        assertThat(goOn.formTo("/staff/issues/new").value("markdown")).isEqualTo(text);
    }

    /** Nothing goes away without a word: who sent a password along is told before she signs in, and comes back to the form. */
    @Test
    void saysThatAFormWithAPasswordWasNotKept_MBR18() {
        String address = Site.fresh("told");
        Crew.opensAccount(address, "Ada");
        HttpBrowser browser = Crew.signedIn(address);

        var asked = browser.post(
                "/sign-in/again?for=%2Fme%2Fpassword",
                Map.of(
                        "_csrf",
                        browser.get("/me/profile").formTo("/me/profile").value("_csrf"),
                        "new-password",
                        "seven wild swans at six"));

        assertThat(asked.document().select("#errors").text()).contains("not kept");
        assertThat(asked.formTo("/sign-in/again").value("to")).isEqualTo("/me/password");
    }

    @Test
    void takesNoFormThatAnotherSiteSent() {
        String address = Site.fresh("lured");
        Crew.opensAccount(address, "Ada");
        HttpBrowser browser = Crew.signedIn(address);

        var forged = browser.request(
                "POST",
                "/sign-in/again?for=%2Fme%2Ftokens",
                "label=mine+now",
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Accept",
                        "text/html",
                        "Sec-Fetch-Site",
                        "cross-site"));

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).doesNotContain("mine now");
    }
}
