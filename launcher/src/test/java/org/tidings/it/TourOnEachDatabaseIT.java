package org.tidings.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tour of members and staff in a browser that runs no scripts, on both databases; on PostgreSQL with scripts too, which
 * {@link TourIT} does on H2. Not tagged {@code browser}: it is about what the pages keep.
 */
class TourOnEachDatabaseIT {

    private static final int WIDE = 1280;
    private static final int NARROW = 390;

    static Stream<Boolean> scripts() {
        return System.getProperty("it.database", "h2").equals("h2") ? Stream.of(false) : Stream.of(false, true);
    }

    @ParameterizedTest(name = "scripts: {0}")
    @MethodSource("scripts")
    void membersAndStaffDoAllTheyComeFor(boolean scripts) {
        Crew.administrator();
        try (Chromium chromium = Chromium.open()) {
            Page staff = page(chromium, WIDE, scripts);
            signIn(staff, "root@example.net");
            String newsletter = setsUpNewsletter(staff);
            String visitor = Site.fresh("vera");
            String member = Site.fresh("mia");

            subscribes(page(chromium, NARROW, scripts), visitor, newsletter);
            Page hers = page(chromium, NARROW, scripts);
            opensAccount(hers, member, newsletter);
            String subject = "Tour of " + newsletter;
            sends(staff, newsletter, subject, scripts);

            assertThat(site().mails().to(member, subject).text()).contains("Dear Mia");
            leaves(page(chromium, NARROW, scripts), visitor, subject, newsletter);
            seesWhatWasSent(staff, subject);
            writesAnnouncement(staff);
            correctsAndDeactivates(hers, member);
            looksAtMail(staff);
        }
    }

    private static Page page(Chromium chromium, int width, boolean scripts) {
        NewContextOptions options = Chromium.options(width, 844).setJavaScriptEnabled(scripts);
        return chromium.page(options);
    }

    private static void signIn(Page page, String address) {
        open(page, "/sign-in");
        page.fill("main [name=address]", address);
        page.fill("main [name=password]", Crew.PASSWORD);
        press(page);
    }

    private static String setsUpNewsletter(Page page) {
        String slug = Site.fresh("letter").replaceAll("@.*", "");
        open(page, "/staff/newsletters/new");
        page.fill("[name=name]", "The " + slug);
        page.fill("[name=slug]", slug);
        page.fill("[name=description]", "What is new.");
        page.fill("[name=cadence]", "weekly");
        page.check("[name=offered]");
        press(page);
        return slug;
    }

    private static void subscribes(Page page, String address, String newsletter) {
        open(page, "/newsletters/" + newsletter);
        page.fill("main [name=address]", address);
        press(page);
        page.navigate(site().mails().to(address).link("/subscribe/confirm/"));
        press(page);
        assertThat(page.locator("h1")).containsText("You are subscribed");
    }

    private static void opensAccount(Page page, String address, String newsletter) {
        open(page, "/register");
        page.getByLabel("The " + newsletter).first().check();
        page.fill("main [name=address]", address);
        press(page);
        page.navigate(site().mails().to(address).link("/confirm/"));
        press(page);
        page.fill("[name=name]", "Mia");
        page.fill("[name=password]", Crew.PASSWORD);
        press(page);
        assertThat(page).hasURL(Pattern.compile("/me$"));
        assertThat(page.locator("main")).containsText("Mia");
    }

    private static void sends(Page page, String newsletter, String subject, boolean scripts) {
        open(page, "/staff/issues/new");
        page.selectOption("[name=newsletter]", new SelectOption().setLabel("The " + newsletter));
        page.fill("[name=subject]", subject);
        page.fill("[name=markdown]", "# Hello\n\nDear {{name}}, this is news.");
        if (!scripts) {
            page.click("#preview");
        }
        assertThat(page.frameLocator("iframe").locator("body")).containsText("Dear Root");
        page.click("button[name=then][value=send]");
        page.fill(
                "[name=count]", page.locator("main .figure").first().innerText().replaceAll("\\D", ""));
        press(page);
        assertThat(page).hasURL(Pattern.compile("/sending$"));
    }

    /** Without scripts the page shows what was true when it was asked for, and says how to ask again. */
    private static void seesWhatWasSent(Page page, String subject) {
        Locator archive = page.locator("main a[href^='/newsletters/']");
        for (int i = 0; i < 120 && archive.count() == 0; i++) {
            page.waitForTimeout(250);
            page.reload();
        }
        assertThat(archive.first()).isVisible();
        assertThat(page.locator("dl.figures dd").first()).hasText("2");
        page.click("main a[href$='/deliveries']");
        assertThat(page.locator("tbody tr")).hasCount(2);
        open(page, "/staff/issues");
        assertThat(page.locator(".entry-title").first()).hasText(subject);
    }

    private static void leaves(Page page, String address, String subject, String newsletter) {
        page.navigate(site().mails().to(address, subject).link("/u/"));
        press(page);
        assertThat(page.locator("main")).containsText("The " + newsletter);
        page.navigate(site().mails().to(address, subject).link("/preferences/"));
        assertThat(page.locator("main")).containsText("You do not get this newsletter any more");
    }

    private static void writesAnnouncement(Page page) {
        open(page, "/staff/announcements/new?type=maintenance");
        page.fill("[name='en.headline']", "A tour of the machine room");
        press(page);
        assertThat(page.locator("h1")).hasText("A tour of the machine room");
        page.click("main form[action$='/submit'] button");
        assertThat(page.locator("#errors")).isVisible();
        open(page, "/staff/announcements");
        page.getByText("A tour of the machine room").first().click();
        page.click("main a[href$='/discard']");
        page.click("main form[action$='/discard'] button");
        assertThat(page).hasURL(Pattern.compile("/staff/announcements$"));
    }

    private static void correctsAndDeactivates(Page page, String address) {
        open(page, "/me/profile");
        page.fill("main [name=name]", "Mia Ørsted");
        press(page);
        open(page, "/me");
        assertThat(page.locator("main")).containsText("Mia Ørsted");
        open(page, "/me/close");
        page.click("main form[action='/me/close/deactivate'] button");
        assertThat(site().mails().to(address, "is deactivated").text()).contains("/reactivate");
        open(page, "/me");
        assertThat(page).hasURL(Pattern.compile("/sign-in"));
    }

    private static void looksAtMail(Page page) {
        open(page, "/staff/mail");
        assertThat(page.locator("h2#receivers")).isVisible();
        open(page, "/staff/mail/domains");
        assertThat(page.locator("h1")).hasText("Sender domains");
        open(page, "/staff/audit");
        assertThat(page.locator("tbody")).containsText("Sent an issue");
    }

    private static void open(Page page, String path) {
        page.navigate(site().url() + path);
    }

    /** The one main button of the page. */
    private static void press(Page page) {
        page.locator("main button.button-primary").first().click();
        page.waitForLoadState();
    }
}
