package org.tidings.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.signing.dkim.TestVerifier;
import org.tidings.mail.testing.FakeNameServer;
import org.tidings.mail.testing.RecordingSmtpServer;

/**
 * From a new signing key to a signed mail, and the pages that say how mail goes; in a browser, with a name server of its own, on
 * both databases.
 */
class MailPagesIT {

    private static final String PASSWORD = "a calm evening by the lake";
    private static final String DOMAIN = "acme.example.com";
    private static final String DATABASE = System.getProperty("it.database", "h2");
    /** How pages look has nothing to do with the database: once is enough for that. */
    private static final List<String> LANGUAGES = DATABASE.equals("h2") ? List.of("en", "de") : List.of("en");

    private static final Path SHOTS = Path.of("target", "shots").toAbsolutePath();

    @Test
    void aKeyIsMadePublishedCheckedActivatedAndSigns() throws Exception {
        try (Chromium chromium = Chromium.open();
                FakeNameServer dns = FakeNameServer.started();
                RecordingSmtpServer smtp = RecordingSmtpServer.started();
                TidingsProcess tidings = started(smtp, dns)) {
            Page staff = chromium.desktop();
            signInAsAdministrator(tidings, staff);
            staff.navigate(tidings.url() + "/staff/mail/domains");
            assertThat(staff.locator("main")).containsText("Mail leaves unsigned");
            chromium.checkAccessibility(staff);

            pressNamed(staff, "New RSA key");
            assertThat(staff.locator(".flash")).containsText("Publish its record");
            String name = staff.locator("article dd code").first().innerText();
            String value = staff.locator("article .record-value").first().innerText();
            assertThat(name).endsWith("._domainkey." + DOMAIN);
            pressNamed(staff, "Check");
            assertThat(staff.locator(".flash")).containsText("DNS has no record");
            chromium.checkAccessibility(staff);

            dns.txt(name, value);
            pressNamed(staff, "Check");
            assertThat(staff.locator("article")).containsText("Published, not in use");
            pressNamed(staff, "Activate");
            assertThat(staff.locator("main")).containsText("Mail is signed");
            chromium.checkAccessibility(staff);

            MailProbe mails = new MailProbe(smtp);
            Page visitor = chromium.phone();
            visitor.navigate(tidings.url() + "/register");
            visitor.fill("main [name=address]", "mia@example.net");
            press(visitor);
            String mail = mails.to("mia@example.net").raw().text();
            assertThat(new TestVerifier(Map.of(name, value)).verify(mail)).containsExactly("rsa-sha256");

            dns.txt(DOMAIN, "v=spf1 mx ~all").mx(DOMAIN, 10, "mx.example.com");
            staff.navigate(tidings.url() + "/staff/mail/check/" + DOMAIN);
            assertThat(staff.locator("main")).containsText("Receivers can check the signatures of this key");
            assertThat(staff.locator("main")).containsText("There is no DMARC record");
            chromium.checkAccessibility(staff);

            anAlarmIsRaisedWhenOurSetUpIsRefused(chromium, tidings, smtp, staff);
            staff.navigate(tidings.url() + "/staff/audit");
            assertThat(staff.locator("main")).containsText("Took a mail alarm off");
            assertThat(staff.locator("main")).containsText("Activated a signing key");
            shots(chromium, tidings, staff, "/staff/mail/domains", "/staff/mail/check/" + DOMAIN);
        }
    }

    private static TidingsProcess started(RecordingSmtpServer smtp, FakeNameServer dns) {
        TidingsProcess process = TidingsProcess.in(
                        Path.of("target", "it-mail-" + DATABASE).toAbsolutePath())
                .with("tidings.smtp.url", smtp.url())
                .with("tidings.mail.domain", DOMAIN)
                .with("tidings.dns.server", dns.address());
        if (DATABASE.equals("postgresql")) {
            Site.usePostgres(process);
        }
        return process.start();
    }

    private static void anAlarmIsRaisedWhenOurSetUpIsRefused(
            Chromium chromium, TidingsProcess tidings, RecordingSmtpServer smtp, Page staff) {
        staff.navigate(tidings.url() + "/staff/mail");
        assertThat(staff.locator("main")).containsText("All is well");
        smtp.refuseAll(550, "5.7.26 unauthenticated mail, SPF and DKIM did not pass");
        Page visitor = chromium.phone();
        visitor.navigate(tidings.url() + "/register");
        visitor.fill("main [name=address]", "nobody@example.net");
        press(visitor);
        Locator alarm = staff.locator(".notice-danger");
        for (int i = 0; i < 60 && alarm.count() == 0; i++) {
            staff.waitForTimeout(500);
            staff.reload();
        }
        assertThat(alarm.first()).containsText("Receivers do not believe that mail comes from this site");
        assertThat(alarm.first()).containsText("5.7.26");
        assertThat(staff.locator("main")).containsText("SPF, DKIM or DMARC did not pass");
        shots(chromium, tidings, staff, "/staff/mail");
        assertThat(new HttpBrowser(tidings.url()).get("/metrics").body())
                .contains("mail_tries_total{lane=\"account\",outcome=\"failed\",reason=\"authentication\"} 1")
                .contains("mail_waiting{lane=\"newsletter\"} 0")
                .contains("mail_connections{server=")
                .containsPattern("mail_server_sent_total\\{server=\"main\"} [1-9]")
                .contains("mail_receivers_spared 0")
                .contains("mail_alarms 1");
        pressNamed(staff, "It is mended");
        assertThat(staff.locator("main")).containsText("All is well");
        smtp.acceptAll();
    }

    /** Looked at by people: target/shots. */
    private static void shots(Chromium chromium, TidingsProcess tidings, Page staff, String... paths) {
        var state = staff.context().storageState();
        for (String path : paths) {
            for (int width : new int[] {390, 1280}) {
                for (String language : LANGUAGES) {
                    ColorScheme scheme = language.equals("de") ? ColorScheme.DARK : ColorScheme.LIGHT;
                    Page page = chromium.page(
                            Chromium.options(width, 844).setStorageState(state).setColorScheme(scheme));
                    page.navigate(tidings.url() + path + "?lang=" + language);
                    chromium.checkAccessibility(page);
                    assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                            .as(path + " fits into " + width)
                            .isEqualTo(true);
                    page.screenshot(new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(SHOTS.resolve(
                                    path.replaceAll("[^a-z]+", "-") + "-" + width + "-" + language + ".png")));
                    page.context().close();
                }
            }
        }
    }

    private static void signInAsAdministrator(TidingsProcess tidings, Page page) {
        page.navigate(tidings.url() + tidings.setupPath().orElseThrow());
        page.fill("[name=address]", "root@example.net");
        page.fill("[name=name]", "Root");
        page.fill("[name=password]", PASSWORD);
        page.locator("main [name=role]").all().forEach(role -> role.check());
        press(page);
        assertThat(page).hasURL(Pattern.compile("/staff/start$"));
        press(page);
    }

    private static void press(Page page) {
        page.locator("main button.button-primary").first().click();
        page.waitForLoadState();
    }

    private static void pressNamed(Page page, String label) {
        page.locator("main button", new Page.LocatorOptions().setHasText(Pattern.compile("^" + label + "$")))
                .first()
                .click();
        page.waitForLoadState();
    }
}
