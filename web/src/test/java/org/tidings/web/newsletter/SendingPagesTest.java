package org.tidings.web.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SkipReason;
import org.tidings.mail.testing.FakeMailings;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.web.mail.DeliveryLine;
import org.tidings.web.mail.StoppedMailing;
import org.tidings.web.pages.DiscardedDraft;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.TestPages;

/** What the page of an issue that is sent says and offers. */
class SendingPagesTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final UUID ID = new UUID(4, 4);
    private static final String PATH = "/staff/issues/" + ID;
    private static final MailingId MAILING = new MailingId(new UUID(6, 6));

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void saysWhyItStoppedByItselfAndLetsItGoOn(String language) {
        Map<String, Object> parameters = sending(IssueState.SENDING, MailingState.PAUSED);
        parameters.put("stoppedItself", Optional.of(StoppedMailing.of(MessageClass.NEWSLETTER)));

        Document page = TestPages.render(
                "issues/sending", parameters, TestPages.signedIn(Locale.forLanguageTag(language), Role.PUBLISHER));

        StoppedMailing.assertSaid(page, PATH + "/resume");
        assertThat(page.select("form[action=" + PATH + "/resume]")).hasSize(1);
    }

    /** Also to an editor, who cannot let it go on. */
    @Test
    void saysThatAScheduledIssueWaitsAfterABackupWasPutBack() {
        Map<String, Object> parameters = sending(IssueState.SCHEDULED, MailingState.RUNNING);
        parameters.put("progress", Optional.empty());
        assertThat(progress(parameters).text()).doesNotContain("older than this server");

        parameters.put("restored", true);

        Document page = progress(parameters);
        assertThat(page.text()).contains("It does not begin by itself", "older than this server");
        assertThat(page.select("a[href=/staff/mail]")).hasSize(1);
        parameters.put("mayDecide", false);
        assertThat(progress(parameters).select("a[href=/staff/mail]")).isEmpty();
    }

    @Test
    void saysTheSecondsOfAShortUndoWindow() {
        Map<String, Object> parameters = sending(IssueState.SENDING, MailingState.RUNNING);
        parameters.put("undo", Optional.of(Duration.ofMillis(28_400)));

        assertThat(progress(parameters).text()).contains("29 more seconds");

        parameters.put("undo", Optional.of(Duration.ofMinutes(3)));
        assertThat(progress(parameters).text()).contains("It can be taken back until 22 November 2026");
    }

    @Test
    void offersTheRestOnceItIsOver() {
        assertThat(progress(sending(IssueState.SENDING, MailingState.RUNNING))
                        .select("a[href=" + PATH + "/resend-rest]"))
                .isEmpty();
        for (IssueState over : new IssueState[] {IssueState.SENT, IssueState.CANCELLED}) {
            MailingState mailing = over == IssueState.SENT ? MailingState.FINISHED : MailingState.CANCELLED;
            assertThat(progress(sending(over, mailing)).select("a[href=" + PATH + "/resend-rest]"))
                    .as(over + " offers the rest")
                    .hasSize(1);
        }
        assertThat(TestPages.render(
                                "issues/progress",
                                sending(IssueState.SENT, MailingState.FINISHED, false),
                                TestPages.signedIn(Locale.ENGLISH, Role.EDITOR))
                        .select("a[href=" + PATH + "/resend-rest]"))
                .as("an editor decides nothing")
                .isEmpty();
    }

    @Test
    void asksBeforeItGoesToTheRest() {
        Document page = TestPages.render(
                "issues/resend",
                Map.of("issue", issue(IssueState.SENT), "progress", figures(MailingState.FINISHED)),
                TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));

        assertThat(page.select("main").text())
                .contains("3 have not been reached", "For one it failed", "For 2 the time");
        assertThat(page.select("main form[method=post][action=" + PATH + "/resend-rest] [name=_csrf]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "en, 0, None of the 5,000 readers have said their time zone",
        "en, 1, One of 5,000 readers has said their time zone",
        "en, 1203, '1,203 of 5,000 readers have said their time zone; the others get it by the site’s, Europe/Berlin.'",
        "en, 5000, 'All 5,000 readers have said their time zone.'",
        "de, 1203, '1.203 von 5.000 Lesern haben ihre Zeitzone angegeben; für die anderen gilt die der Website, Europe/Berlin.'",
    })
    void saysHowManyReadersSaidTheirTimeZone(String language, long known, String said) {
        Map<String, Object> parameters = Map.of(
                "issue",
                issue(IssueState.DRAFT),
                "audience",
                new AudienceCount(5_000, Map.of()),
                "form",
                Form.empty(),
                "zone",
                "Europe/Berlin",
                "zonesKnown",
                known);

        assertThat(TestPages.render(
                                "issues/send",
                                parameters,
                                TestPages.signedIn(Locale.forLanguageTag(language), Role.PUBLISHER))
                        .text())
                .contains(said);
    }

    /** MAI-02: above 100 KB Gmail hides the end, and the way to unsubscribe with it. */
    @ParameterizedTest
    @CsvSource({"en, 100000, '100 KB', 0", "en, 100001, '101 KB', 1", "de, 1, '1 KB', 0", "de, 277500, '278 KB', 1"})
    void saysHowLargeTheMailIsAndAsksAboutALargeOne_MAI02(String language, int bytes, String said, int asked) {
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "issue",
                issue(IssueState.DRAFT),
                "audience",
                new AudienceCount(5, Map.of()),
                "form",
                Form.empty(),
                "zone",
                "Europe/Berlin",
                "zonesKnown",
                0L));
        parameters.put("size", Optional.of(new MailSize(bytes)));

        Document page = TestPages.render(
                "issues/send", parameters, TestPages.signedIn(Locale.forLanguageTag(language), Role.PUBLISHER));

        assertThat(page.text()).contains(said).doesNotContain("issues.");
        assertThat(page.select("form[action=" + PATH + "/send] input[name=large]"))
                .hasSize(asked);
        assertThat(page.select(".notice-warning")).hasSize(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void offersToBringDiscardedDraftsBack(String language) {
        Document page = TestPages.render(
                "issues/list",
                Map.of(
                        "issues",
                        List.of(),
                        "standing",
                        Map.of(),
                        "more",
                        false,
                        "any",
                        true,
                        "mayWrite",
                        true,
                        "discarded",
                        List.of(new DiscardedDraft("<b>Old</b>", NOW, PATH + "/bring-back"))),
                TestPages.signedIn(Locale.forLanguageTag(language), Role.EDITOR));

        assertThat(page.select("form[method=post][action=" + PATH + "/bring-back] button"))
                .hasSize(1);
        assertThat(page.select("main").text()).contains("<b>Old</b>").doesNotContain("site.discarded");
    }

    @Test
    void saysForWhomItIsNight() {
        Delivery waiting = new Delivery(
                MAILING,
                new UUID(8, 8),
                DeliveryState.WAITING,
                NOW,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW.plusHours(14)));
        DeliveryLine line = new DeliveryLine(
                waiting,
                "aiko@example.org",
                "Aiko",
                "/staff/subscribers/8",
                Optional.of(ZoneId.of("Asia/Tokyo")),
                Optional.of(NOW.plusHours(14)));

        Document page = TestPages.render(
                "issues/deliveries",
                Map.of(
                        "issue",
                        issue(IssueState.SENDING),
                        "lines",
                        List.of(line),
                        "state",
                        Optional.empty(),
                        "form",
                        Form.empty(),
                        "searched",
                        "",
                        "more",
                        false),
                TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));

        assertThat(page.select("tbody").text())
                .contains("Waits", "Outside the hours there (Tokyo, Japan). Goes out: 23 November 2026, 01:00 CET");
    }

    @ParameterizedTest
    @CsvSource({"STOPPED, en, Stopped by itself", "PAUSED, en, Paused", "STOPPED, de, Von selbst angehalten"})
    void theListSaysThatAnIssueStandsStill(IssueStandings.Standstill still, String language, String words) {
        IssueView issue = issue(IssueState.SENDING);

        Document list = TestPages.render(
                "issues/list",
                Map.of(
                        "issues",
                        List.of(issue),
                        "standing",
                        Map.of(issue.id(), still),
                        "more",
                        false,
                        "any",
                        true,
                        "mayWrite",
                        true),
                TestPages.signedIn(Locale.forLanguageTag(language), Role.PUBLISHER));

        assertThat(list.select(".entries .status").eachText()).containsExactly(words);
    }

    @Test
    void tellsIssuesThatStoppedByThemselvesFromThoseThatStaffPaused() {
        FakeMailings mailings = new FakeMailings(Clock.systemUTC());
        List<SendingFigures.Stopped> stopped = new ArrayList<>();
        SendingFigures figures = (SendingFigures) Proxy.newProxyInstance(
                SendingFigures.class.getClassLoader(),
                new Class<?>[] {SendingFigures.class},
                (proxy, method, a) -> List.copyOf(stopped));
        IssueStandings standings = new IssueStandings(mailings, figures);
        IssueView sending = issue(IssueState.SENDING);

        mailings.report(figures(MailingState.RUNNING));
        assertThat(standings.of(List.of(sending, issue(IssueState.DRAFT)))).isEmpty();

        mailings.report(figures(MailingState.PAUSED));
        assertThat(standings.of(List.of(sending))).isEqualTo(Map.of(sending.id(), IssueStandings.Standstill.PAUSED));

        stopped.add(StoppedMailing.of(MessageClass.NEWSLETTER));
        assertThat(standings.of(List.of(sending))).isEqualTo(Map.of(sending.id(), IssueStandings.Standstill.STOPPED));
    }

    @Test
    void whoGotItCanBeAskedByAddressAndSaysWhenItIsTriedAgain() {
        Delivery deferred = new Delivery(
                MAILING,
                new UUID(7, 7),
                DeliveryState.DEFERRED,
                NOW,
                1,
                false,
                Optional.of("mx:25"),
                Optional.of(Diagnostic.of("451 later")),
                Optional.empty(),
                Optional.of(NOW.plusHours(1)));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("issue", issue(IssueState.SENDING));
        parameters.put("lines", List.of(new DeliveryLine(deferred, "mia@example.org", "Mia", "/staff/subscribers/7")));
        parameters.put("state", Optional.empty());
        parameters.put("form", Form.empty());
        parameters.put("searched", "mia");
        parameters.put("more", false);

        Document page =
                TestPages.render("issues/deliveries", parameters, TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));

        assertThat(page.select("form[method=post][action=" + PATH + "/deliveries] [name=q]"))
                .hasSize(1);
        assertThat(page.select("main").text())
                .contains("mia@example.org", "Tried again later", "Next try", "451 later");
    }

    private static Document progress(Map<String, Object> parameters) {
        return TestPages.render("issues/progress", parameters, TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));
    }

    private static Map<String, Object> sending(IssueState state, MailingState mailing) {
        return sending(state, mailing, true);
    }

    private static Map<String, Object> sending(IssueState state, MailingState mailing, boolean mayDecide) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("issue", issue(state));
        parameters.put("progress", Optional.of(figures(mailing)));
        parameters.put("mayDecide", mayDecide);
        parameters.put("stopped", false);
        parameters.put("restored", false);
        parameters.put("opens", Optional.empty());
        parameters.put("stoppedItself", Optional.empty());
        parameters.put("moving", mailing == MailingState.RUNNING || mailing == MailingState.PAUSED);
        parameters.put("undo", Optional.empty());
        return parameters;
    }

    private static MailingProgress figures(MailingState state) {
        return new MailingProgress(
                MAILING,
                state,
                10,
                7,
                0,
                1,
                0,
                0,
                Map.of(SkipReason.EXPIRED, 2L),
                0,
                NOW,
                NOW,
                Optional.empty(),
                Optional.empty());
    }

    private static IssueView issue(IssueState state) {
        NewsletterView newsletter = new NewsletterView(
                new NewsletterId(new UUID(5, 5)),
                "news",
                "News",
                "What is new.",
                Locale.ENGLISH,
                "weekly",
                "",
                "",
                "news.example.org",
                true,
                NOW,
                1);
        return new IssueView(
                new IssueId(ID),
                newsletter,
                new IssueText("May", "", ""),
                state,
                new AccountId(new UUID(2, 2)),
                NOW,
                NOW,
                state == IssueState.SCHEDULED ? Optional.of(NOW) : Optional.empty(),
                Optional.of(NOW),
                Optional.of(MAILING),
                MailingLimits.NONE,
                1);
    }
}
