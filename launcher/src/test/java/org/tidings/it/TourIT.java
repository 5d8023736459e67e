package org.tidings.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.RecordingSmtpServer;

/** The tour of a newcomer in a real browser: from the printed link to a member who hears nothing more. */
@Tag("browser")
@Tag("own-process")
class TourIT {

    private static final String PASSWORD = "a calm evening by the lake";
    private static final String MEMBER = "mia@example.net";
    private static final String VISITOR = "vera@example.net";

    @Test
    void leadsFromTheFirstLinkToAMemberWhoHearsNothingMore() {
        try (Chromium chromium = Chromium.open();
                RecordingSmtpServer smtp = RecordingSmtpServer.started();
                TidingsProcess tidings = TidingsProcess.in(
                                Path.of("target", "it-tour").toAbsolutePath())
                        .with("tidings.smtp.url", smtp.url())
                        .with("tidings.newsletter.undo.seconds", "0")
                        .start()) {
            MailProbe mails = new MailProbe(smtp);

            Page staff = chromium.desktop();
            administratorStartsWithSampleContent(chromium, tidings, staff);
            visitorSubscribesWithAnAddressAlone(chromium, tidings, mails);
            Page member = memberRegistersOnAPhone(chromium, tidings, mails);
            editorWritesAndSendsAnIssue(chromium, tidings, staff);

            assertThat(mails.to(MEMBER, "Tour").text()).contains("Dear Mia");
            assertThat(mails.to(VISITOR, "Tour").header("List-Unsubscribe-Post"))
                    .hasValue("List-Unsubscribe=One-Click");
            visitorLeavesByTheLinkWithoutJavaScript(chromium, mails);
            memberDeactivates(chromium, tidings, member, mails);
            everyStaffPageIsAccessible(chromium, tidings, staff);
        }
    }

    private static void administratorStartsWithSampleContent(Chromium chromium, TidingsProcess tidings, Page page) {
        page.navigate(tidings.url() + tidings.setupPath().orElseThrow());
        chromium.checkAccessibility(page);
        page.fill("[name=address]", "root@example.net");
        page.fill("[name=name]", "Root");
        page.fill("[name=password]", PASSWORD);
        page.locator("main [name=role]").all().forEach(role -> role.check());
        press(page);
        assertThat(page).hasURL(Pattern.compile("/staff/start$"));
        chromium.checkAccessibility(page);
        press(page);
        assertThat(page.locator("main a[href='/staff/start']")).isVisible();
        page.navigate(tidings.url() + "/newsletters/field-notes");
        assertThat(page.locator("h1")).containsText("Field Notes");
    }

    private static void visitorSubscribesWithAnAddressAlone(
            Chromium chromium, TidingsProcess tidings, MailProbe mails) {
        Page page = chromium.phone();
        page.navigate(tidings.url());
        assertThat(page.locator("main")).containsText("Field Notes");
        chromium.checkAccessibility(page);
        page.navigate(tidings.url() + "/newsletters/field-notes");
        chromium.checkAccessibility(page);
        page.fill("main [name=address]", VISITOR);
        press(page);
        page.navigate(mails.to(VISITOR).link("/subscribe/confirm/"));
        press(page);
        assertThat(page.locator("h1")).containsText("You are subscribed");
        chromium.checkAccessibility(page);
    }

    private static Page memberRegistersOnAPhone(Chromium chromium, TidingsProcess tidings, MailProbe mails) {
        Page page = chromium.phone();
        page.navigate(tidings.url() + "/register");
        page.locator("main [name=newsletter]")
                .all()
                .forEach(box -> assertThat(box).not().isChecked());
        page.getByLabel("Field Notes").first().check();
        page.fill("main [name=address]", MEMBER);
        chromium.checkAccessibility(page);
        press(page);
        page.navigate(mails.to(MEMBER).link("/confirm/"));
        press(page);
        page.fill("[name=name]", "Mia");
        page.fill("[name=password]", PASSWORD);
        chromium.checkAccessibility(page);
        press(page);
        assertThat(page).hasURL(Pattern.compile("/me$"));
        assertThat(page.locator("main")).containsText("Mia");
        chromium.checkAccessibility(page);
        return page;
    }

    private static void editorWritesAndSendsAnIssue(Chromium chromium, TidingsProcess tidings, Page page) {
        page.navigate(tidings.url() + "/staff/issues/new");
        page.selectOption(
                "[name=newsletter]", new com.microsoft.playwright.options.SelectOption().setLabel("Field Notes"));
        page.fill("[name=subject]", "Tour");
        page.fill("[name=markdown]", "# Hello\n\nDear {{name}}, this is <script>alert(1)</script> news.");
        assertThat(page.frameLocator("iframe").locator("body")).containsText("Dear Root");
        chromium.checkAccessibility(page);
        page.click("button[name=then][value=send]");
        String count = page.locator("main .figure").first().innerText().replaceAll("\\D", "");
        page.fill("[name=count]", count);
        chromium.checkAccessibility(page);
        press(page);
        assertThat(page.locator("main"))
                .containsText(
                        "Sent",
                        new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                                .setTimeout(30_000));
    }

    private static void visitorLeavesByTheLinkWithoutJavaScript(Chromium chromium, MailProbe mails) {
        Page page = chromium.withoutJavaScript();
        page.navigate(mails.to(VISITOR, "Tour").link("/u/"));
        press(page);
        assertThat(page.locator("main")).containsText("Field Notes");
        page.navigate(mails.to(VISITOR, "Tour").link("/preferences/"));
        assertThat(page.locator("main")).containsText("You do not get this newsletter any more");
    }

    private static void memberDeactivates(Chromium chromium, TidingsProcess tidings, Page page, MailProbe mails) {
        page.navigate(tidings.url() + "/me/close");
        chromium.checkAccessibility(page);
        page.locator("main form[action='/me/close/deactivate'] button").click();
        assertThat(mails.to(MEMBER, "is deactivated").text()).contains("/reactivate");
        page.navigate(tidings.url() + "/me");
        assertThat(page).hasURL(Pattern.compile("/sign-in"));
    }

    private static void everyStaffPageIsAccessible(Chromium chromium, TidingsProcess tidings, Page page) {
        for (String path : List.of(
                "/staff",
                "/staff/newsletters",
                "/staff/issues",
                "/staff/subscribers",
                "/staff/announcements",
                "/staff/announcements/new?type=maintenance",
                "/staff/policies",
                "/staff/accounts",
                "/staff/people",
                "/staff/audit",
                "/announcements",
                "/privacy",
                "/styleguide")) {
            page.navigate(tidings.url() + path);
            chromium.checkAccessibility(page);
        }
    }

    /** The one main button of the page. */
    private static void press(Page page) {
        page.locator("main button.button-primary").first().click();
        page.waitForLoadState();
    }
}
