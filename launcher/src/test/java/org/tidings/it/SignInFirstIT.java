package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import java.time.Duration;
import java.util.Map;
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
