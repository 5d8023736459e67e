package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.SendingHours;
import org.tidings.mail.SkipReason;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueNotInState;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueTextRejected;
import org.tidings.newsletter.IssueUnknown;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterDetailsRejected;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SendTimePassed;
import org.tidings.newsletter.SendTimeTooFar;
import org.tidings.newsletter.SubscriptionState;

/** Newsletters, issues and their audience, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IssuesContract {

    private static final IssueText TEXT = new IssueText(
            "Hello {{name}}", "What is new", "Dear {{name}},\n\n[leave]({{unsubscribeUrl}}) [web]({{archiveUrl}})");

    @SuppressWarnings("NullAway.Init") // set before the first test
    private House house;

    abstract TestDatabase open();

    @BeforeAll
    void build() {
        house = new House(open());
    }

    private static final MailingLimits SLOWLY = new MailingLimits(
            Duration.ofHours(6), 20, Optional.of(new SendingHours(LocalTime.of(9, 30), LocalTime.of(18, 0))));

    @AfterAll
    @SuppressWarnings("NullAway") // not set when the database did not start
    void close() {
        if (house != null) {
            house.close();
        }
    }

    private IssueId issue(NewsletterId newsletter) {
        return house.database.call(() -> house.issues.write(newsletter, TEXT, house.staff));
    }

    private long version(IssueId issue) {
        return house.database.call(() -> house.issues.find(issue)).orElseThrow().version();
    }

    private IssueState state(IssueId issue) {
        return house.database.call(() -> house.issues.find(issue)).orElseThrow().state();
    }

    private void send(IssueId issue) {
        long version = version(issue);
        house.database.inTransaction(() -> house.issues.send(issue, version, null, MailingLimits.NONE, house.staff));
    }

    @Test
    void refusesDetailsNamingTheFields() {
        NewsletterId news = house.newsletter("News");
        String taken = house.database
                .call(() -> house.newsletters.find(news))
                .orElseThrow()
                .slug();
        NewsletterDetails wrong = new NewsletterDetails(
                taken, " ", "x".repeat(2_001), Locale.ENGLISH, "weekly\r\nBcc: all", "[x](javascript:1)", true);

        assertThatThrownBy(() -> house.database.call(() -> house.newsletters.create(wrong, house.staff)))
                .isInstanceOfSatisfying(
                        NewsletterDetailsRejected.class,
                        e -> assertThat(e.fields())
                                .containsOnly(
                                        Map.entry("slug", NewsletterDetailsRejected.Reason.TAKEN),
                                        Map.entry("name", NewsletterDetailsRejected.Reason.EMPTY),
                                        Map.entry("description", NewsletterDetailsRejected.Reason.TOO_LONG),
                                        Map.entry("cadence", NewsletterDetailsRejected.Reason.CHARACTERS),
                                        Map.entry("sample", NewsletterDetailsRejected.Reason.MARKDOWN)));
    }

    @Test
    void keepsListIdWhenTheSlugChanges() {
        NewsletterId news = house.newsletter("News");
        var before = house.database.call(() -> house.newsletters.find(news)).orElseThrow();

        house.database.inTransaction(
                () -> house.newsletters.change(news, House.details("Renamed", true), before.version(), house.staff));

        var after = house.database.call(() -> house.newsletters.find(news)).orElseThrow();
        assertThat(after.name()).isEqualTo("Renamed");
        assertThat(after.listId()).isEqualTo(before.slug() + ".tidings.example");
        assertThatThrownBy(() -> house.database.inTransaction(() ->
                        house.newsletters.change(news, House.details("Again", true), before.version(), house.staff)))
                .isInstanceOf(ChangedMeanwhile.class);
    }

    @Test
    void refusesToOverwriteWhatSomebodyElseSaved() {
        IssueId issue = issue(house.newsletter("News"));
        long read = version(issue);
        IssueText mine = new IssueText("Mine", "", "mine");

        house.database.inTransaction(() -> house.issues.rewrite(issue, mine, read, house.staff));

        assertThatThrownBy(() -> house.database.inTransaction(
                        () -> house.issues.rewrite(issue, new IssueText("Yours", "", "yours"), read, house.staff)))
                .isInstanceOf(ChangedMeanwhile.class);
        assertThat(house.database
                        .call(() -> house.issues.find(issue))
                        .orElseThrow()
                        .text())
                .isEqualTo(mine);
    }

    @Test
    void refusesUnknownMergeFieldAndKeepsNothing() {
        NewsletterId news = house.newsletter("News");

        assertThatThrownBy(() -> house.database.call(
                        () -> house.issues.write(news, new IssueText("Hi", "", "{{password}}"), house.staff)))
                .isInstanceOf(IssueTextRejected.class);
        assertThat(house.database.call(() -> house.issues.newest(news, null, 10)))
                .isEmpty();
    }

    @Test
    void keepsAnIssueOfOneMegabyte() {
        NewsletterId news = house.newsletter("News");
        String big = "word ".repeat(Markdown.MAX_OCTETS / 5);

        IssueId issue = house.database.call(() -> house.issues.write(news, new IssueText("Big", "", big), house.staff));

        assertThat(house.database
                        .call(() -> house.issues.find(issue))
                        .orElseThrow()
                        .text()
                        .markdown())
                .isEqualTo(big);
    }

    @Test
    void sendsTestToTheEditorAloneWithWorkingButHarmlessLinks() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        AccountId editor = house.accounts.open("editor@example.com", "Edith");

        house.database.inTransaction(() -> house.issues.sendTest(issue, editor));

        Letter letter = house.outbox.newest();
        assertThat(letter.kind()).isEqualTo(MailKind.ISSUE_TEST);
        assertThat(letter.to().canonical()).isEqualTo("editor@example.com");
        assertThat(letter.list()).isPresent();
        assertThat(letter.subject()).isEqualTo("[Test] Hello {{name}}");
        String url = letter.slots().get("unsubscribeUrl");
        assertThat(url).startsWith("https://tidings.example/u/");
        String token = String.valueOf(url).substring("https://tidings.example/u/".length());
        assertThat(house.database.call(() -> house.preferences.unsubscribe(token, Means.ONE_CLICK)))
                .isTrue();
    }

    /** NWS-09, SND-07. */
    @Test
    void ordersMailingWithFooterListHeadersAndUndoWindow() {
        NewsletterId news = house.newsletter("News");
        house.reader(news);
        IssueId issue = issue(news);

        send(issue);

        MailingOrder order = house.mailings.newestOrder();
        assertThat(order.expected()).isEqualTo(1);
        assertThat(order.notBefore()).isEqualTo(house.clock.now().plusSeconds(30));
        assertThat(order.expiresAt()).isEqualTo(order.notBefore().plusDays(2));
        assertThat(order.list().orElseThrow().listId()).endsWith(".tidings.example");
        MailBody body = order.contents().get(0).body();
        assertThat(body.footer().stream().map(MailBody.FooterLine::url))
                .contains("{{unsubscribeUrl}}", "{{preferencesUrl}}");
        assertThat(body.footer().get(0).text()).contains("because you subscribed to “News”");
        assertThat(state(issue)).isEqualTo(IssueState.SENDING);
        IssueView sent = house.database.call(() -> house.issues.find(issue)).orElseThrow();
        assertThat(house.database.call(() -> house.issues.sentAs(sent.mailing().orElseThrow())))
                .contains(sent);
        assertThat(house.database.call(() -> house.issues.sentAs(new MailingId(SubscriptionBook.newId()))))
                .as("of something else")
                .isEmpty();
        assertThatThrownBy(() -> send(issue)).isInstanceOf(IssueNotInState.class);
    }

    /** Forwarded and printed too; an issue that begins with a heading of its own needs no other. */
    @Test
    void saysOfItselfWhichNewsletterItIs_MBR09() {
        NewsletterId news = house.newsletter("News");
        house.reader(news);

        send(issue(news));

        MailingContent content = house.mailings.newestOrder().contents().get(0);
        assertThat(content.body().blocks())
                .startsWith(new MailBody.Note("News"), new MailBody.Heading(content.subject()));
    }

    @Test
    void becomesDraftAgainWhenTakenBackBeforeAnybodyGotIt() {
        IssueId issue = issue(house.newsletter("News"));
        send(issue);

        house.database.inTransaction(() -> house.issues.cancel(issue, house.staff));

        assertThat(state(issue)).isEqualTo(IssueState.DRAFT);
        assertThat(house.auditLog.actions).contains("cancel-issue DRAFT");
    }

    /** Another node's clock is fast: it has begun though the window is open by ours. A draft could be sent to the same people again. */
    @Test
    void isCancelledWhenTakenBackInTimeButSomebodyGotIt() {
        IssueId issue = issue(house.newsletter("News"));
        send(issue);
        house.mailings.begin();

        house.database.inTransaction(() -> house.issues.cancel(issue, house.staff));

        assertThat(state(issue)).isEqualTo(IssueState.CANCELLED);
    }

    @Test
    void isCancelledWhenStoppedHalfway() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        send(issue);
        house.clock.advance(Duration.ofMinutes(1));

        house.database.inTransaction(() -> house.issues.pause(issue, house.staff));
        house.database.inTransaction(() -> house.issues.resume(issue, house.staff));
        house.database.inTransaction(() -> house.issues.cancel(issue, house.staff));

        assertThat(state(issue)).isEqualTo(IssueState.CANCELLED);
        assertThat(house.database.call(() -> house.issues.archive(news, null, 10)))
                .isEmpty();
    }

    @Test
    void filesFinishedIssueInTheArchiveWithoutPersonalSlots() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        send(issue);
        house.clock.advance(Duration.ofMinutes(1));
        finish(issue);

        house.database.inTransaction(house.issues::settle);

        assertThat(state(issue)).isEqualTo(IssueState.SENT);
        var archived = house.database.call(() -> house.issues.archive(news, null, 10));
        assertThat(archived).hasSize(1);
        assertThat(archived.get(0).subject()).isEqualTo("Hello there");
        assertThat(archived.get(0).html()).contains("Dear there").doesNotContain("{{", "/u/");
        assertThat(archived.get(0).text()).doesNotContain("{{");
        NewsletterId other = house.newsletter("Other");
        assertThat(house.database.call(() -> house.issues.archived(news, issue)))
                .isPresent();
        assertThat(house.database.call(() -> house.issues.archived(other, issue)))
                .isEmpty();
    }

    @Test
    void goesToTheRestAfterItWasCancelledHalfway() {
        IssueId issue = issue(house.newsletter("News"));
        send(issue);
        house.clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> house.database.call(() -> house.issues.resendToRest(issue, house.staff)))
                .isInstanceOf(IssueNotInState.class);
        house.database.inTransaction(() -> house.issues.cancel(issue, house.staff));

        house.database.call(() -> house.issues.resendToRest(issue, house.staff));

        assertThat(state(issue)).isEqualTo(IssueState.SENDING);
        assertThat(house.mailings.restUntil()).contains(house.clock.now().plusDays(2));
        assertThat(house.auditLog.actions).anyMatch(action -> action.startsWith("resend-issue-to-rest "));
        finish(issue);
        house.database.inTransaction(house.issues::settle);
        assertThat(state(issue)).isEqualTo(IssueState.SENT);
    }

    @Test
    void staysInTheArchiveWhileItGoesToTheRest() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        send(issue);
        house.clock.advance(Duration.ofMinutes(1));
        finish(issue);
        house.database.inTransaction(house.issues::settle);

        house.database.call(() -> house.issues.resendToRest(issue, house.staff));
        house.database.inTransaction(() -> house.issues.pause(issue, house.staff));

        assertThat(house.database.call(() -> house.issues.progress(issue)))
                .hasValueSatisfying(progress -> assertThat(progress.state()).isEqualTo(MailingState.PAUSED));
        house.database.inTransaction(() -> house.issues.cancel(issue, house.staff));
        assertThat(state(issue)).isEqualTo(IssueState.SENT);
        assertThat(house.database.call(() -> house.issues.archive(news, null, 10)))
                .hasSize(1);
    }

    /** NLT-A3: a wrong year mailed everybody at once. */
    @Test
    void refusesATimeThatIsOver_NLTA3() {
        IssueId issue = issue(house.newsletter("News"));
        long version = version(issue);
        OffsetDateTime now = house.clock.now();

        for (OffsetDateTime over :
                List.of(now.minusYears(6), now.minusDays(1), now.minusMinutes(5).minusSeconds(1))) {
            assertThatThrownBy(() -> sendAt(issue, version, over)).isInstanceOf(SendTimePassed.class);
        }
        for (OffsetDateTime far : List.of(now.plusYears(2).plusMinutes(1), OffsetDateTime.MAX)) {
            assertThatThrownBy(() -> sendAt(issue, version, far)).isInstanceOf(SendTimeTooFar.class);
        }
        assertThat(state(issue)).isEqualTo(IssueState.DRAFT);

        sendAt(issue, version, now.minusMinutes(4));
        assertThat(state(issue)).as("now, typed while the minute went by").isEqualTo(IssueState.SENDING);
    }

    private void sendAt(IssueId issue, long version, OffsetDateTime at) {
        house.database.inTransaction(() -> house.issues.send(issue, version, at, MailingLimits.NONE, house.staff));
    }

    @Test
    void listsWhatWasSentOrWrittenLastFirst() {
        NewsletterId news = house.newsletter("News");
        IssueId old = issue(news);
        house.clock.advance(Duration.ofMinutes(1));
        IssueId sent = issue(news);
        house.clock.advance(Duration.ofMinutes(1));
        IssueId draft = issue(news);
        house.clock.advance(Duration.ofMinutes(1));
        send(sent);
        house.clock.advance(Duration.ofMinutes(1));
        long version = version(old);
        house.database.inTransaction(() -> house.issues.rewrite(old, TEXT, version, house.staff));

        List<IssueId> first = latest(null, 3);
        assertThat(first).containsExactly(old, sent, draft);
        assertThat(latest(old, 2)).containsExactly(sent, draft);
        assertThat(latest(sent, 1)).containsExactly(draft);
        long again = version(draft);
        house.database.inTransaction(
                () -> house.issues.send(draft, again, house.clock.now().plusDays(1), MailingLimits.NONE, house.staff));
        assertThat(latest(null, 3)).containsExactly(draft, old, sent);
    }

    private List<IssueId> latest(@Nullable IssueId before, int limit) {
        return house.database.call(() -> house.issues.latest(before, limit)).stream()
                .map(IssueView::id)
                .toList();
    }

    private void finish(IssueId issue) {
        MailingProgress running =
                house.database.call(() -> house.issues.progress(issue)).orElseThrow();
        house.mailings.report(new MailingProgress(
                running.mailing(),
                MailingState.FINISHED,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                running.startedAt(),
                running.notBefore(),
                Optional.of(house.clock.now()),
                Optional.empty()));
    }

    @Test
    void hidesDraftFromTheArchive() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);

        assertThat(house.database.call(() -> house.issues.archived(news, issue)))
                .isEmpty();
        house.database.inTransaction(() -> house.issues.discard(issue, house.staff));
        assertThat(house.database.call(() -> house.issues.find(issue))).isEmpty();
    }

    @Test
    void bringsADiscardedDraftBackForAWeek() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        IssueId other = issue(news);
        String markdown = house.database
                .call(() -> house.issues.find(issue))
                .orElseThrow()
                .text()
                .markdown();
        discard(issue);

        assertThat(house.database.call(() -> house.issues.latest(null, 10)))
                .extracting(IssueView::id)
                .contains(other)
                .doesNotContain(issue);
        assertThat(house.database.call(() -> house.issues.newest(news, null, 10)))
                .extracting(IssueView::id)
                .containsExactly(other);
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.issues.sendTest(issue, house.staff)))
                .isInstanceOf(IssueUnknown.class);
        assertThat(house.database.call(() -> house.issues.discarded(10)).get(0).id())
                .isEqualTo(issue);

        house.clock.advance(Duration.ofDays(6));
        house.database.inTransaction(() -> house.issues.bringBack(issue, house.staff));

        assertThat(house.database
                        .call(() -> house.issues.find(issue))
                        .orElseThrow()
                        .text()
                        .markdown())
                .isEqualTo(markdown);
        assertThat(house.database.call(() -> house.issues.discarded(10)))
                .extracting(IssueView::id)
                .doesNotContain(issue);
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.issues.bringBack(issue, house.staff)))
                .as("it is there")
                .isInstanceOf(IssueUnknown.class);
    }

    @Test
    void deletesADiscardedDraftAfterAWeek() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        IssueId kept = issue(news);
        discard(issue);
        house.clock.advance(Duration.ofDays(8));

        assertThat(house.database.call(() -> house.issues.discarded(10))).isEmpty();
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.issues.bringBack(issue, house.staff)))
                .isInstanceOf(IssueUnknown.class);

        discard(kept);
        house.database.inTransaction(house.issues::forgetDiscarded);
        house.clock.advance(Duration.ofDays(-8));

        assertThatThrownBy(() -> house.database.inTransaction(() -> house.issues.bringBack(issue, house.staff)))
                .as("deleted")
                .isInstanceOf(IssueUnknown.class);
        house.database.inTransaction(() -> house.issues.bringBack(kept, house.staff));
    }

    private void discard(IssueId issue) {
        house.database.inTransaction(() -> house.issues.discard(issue, house.staff));
    }

    @Test
    void sendsScheduledIssueWhenItsTimeHasCome() {
        IssueId issue = issue(house.newsletter("News"));
        long version = version(issue);
        house.database.inTransaction(
                () -> house.issues.send(issue, version, house.clock.now().plusHours(2), SLOWLY, house.staff));

        sendDue();
        assertThat(state(issue)).isEqualTo(IssueState.SCHEDULED);
        house.clock.advance(Duration.ofHours(3));
        sendDue();
        assertThat(state(issue)).isEqualTo(IssueState.SENDING);
        MailingOrder order = house.mailings.newestOrder();
        assertThat(order.limits()).isEqualTo(SLOWLY);
        assertThat(order.expiresAt()).isEqualTo(order.notBefore().plusDays(3));
    }

    private void sendDue() {
        for (IssueId due : house.database.call(house.issues::due)) {
            house.database.inTransaction(() -> house.issues.sendDue(due));
        }
    }

    /** It may have gone out in the time that is missing from a database that was put back. */
    @Test
    void aScheduledIssueDoesNotBeginByItselfAfterARestore() {
        IssueId issue = issue(house.newsletter("News"));
        long version = version(issue);
        house.database.inTransaction(
                () -> house.issues.send(issue, version, house.clock.now().plusHours(2), SLOWLY, house.staff));
        house.clock.advance(Duration.ofHours(3));
        house.restored.putBack(house.clock.now());

        sendDue();

        assertThat(state(issue)).isEqualTo(IssueState.SCHEDULED);
        house.restored.goOn();
        sendDue();
        assertThat(state(issue)).isEqualTo(IssueState.SENDING);
    }

    @Test
    void takenBackForgetsItsPace() {
        IssueId issue = issue(house.newsletter("News"));
        long version = version(issue);
        house.database.inTransaction(
                () -> house.issues.send(issue, version, house.clock.now().plusHours(2), SLOWLY, house.staff));
        assertThat(house.database
                        .call(() -> house.issues.find(issue))
                        .orElseThrow()
                        .limits())
                .isEqualTo(SLOWLY);

        house.database.inTransaction(() -> house.issues.cancel(issue, house.staff));
        assertThat(house.database
                        .call(() -> house.issues.find(issue))
                        .orElseThrow()
                        .limits()
                        .none())
                .isTrue();
    }

    /** Else she would get an issue again that went to the entry which is merged: it was sent to another recipient. */
    @Test
    void aMergedEntryComesIntoNoAudienceThatWasFrozenBefore() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        EmailAddress before = House.address();
        AccountId account = house.accounts.open(before.original(), "Ada");
        house.database.inTransaction(() -> house.facts.opened(new AccountOpened(
                account,
                before,
                "Ada",
                Locale.ENGLISH,
                Optional.empty(),
                Set.of(news.value().toString()),
                house.clock.now())));
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(before, news), Means.LINK));
        house.clock.advance(Duration.ofSeconds(1));
        EmailAddress after = house.reader(news);
        UUID sentTo = house.entry(after, news).id();
        house.clock.advance(Duration.ofSeconds(1));
        AudienceQuery frozen = new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());
        house.clock.advance(Duration.ofSeconds(1));

        house.database.inTransaction(() -> house.facts.changed(new AccountChanged(
                account, after, before, "Ada", Locale.ENGLISH, Optional.empty(), house.clock.now())));

        UUID kept = house.entry(after, news).id();
        assertThat(house.entry(after, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(house.database.call(() -> house.audience.idsAfter(frozen, null, 10)))
                .containsExactly(sentTo)
                .doesNotContain(kept);
        AudienceQuery later = new AudienceQuery(
                MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now().plusSeconds(1));
        assertThat(house.database.call(() -> house.audience.idsAfter(later, null, 10)))
                .containsExactly(kept);
    }

    @Test
    void readsFrozenAudienceInPagesWithTheStandingThatHoldsNow() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        EmailAddress stays = house.reader(news);
        EmailAddress leftBefore = house.reader(news);
        EmailAddress leavesLater = house.reader(news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(leftBefore, news), Means.LINK));
        house.request(news, House.address());
        house.clock.advance(Duration.ofSeconds(1));
        AudienceQuery query = new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());
        house.clock.advance(Duration.ofSeconds(1));
        house.database.inTransaction(
                () -> house.preferences.unsubscribe(house.token(leavesLater, news), Means.ONE_CLICK));
        EmailAddress joinsLater = house.reader(news);

        List<Addressee> all = new ArrayList<>();
        UUID after = null;
        while (true) {
            UUID from = after;
            List<Addressee> page = house.database.call(() -> house.audience.after(query, from, 1));
            if (page.isEmpty()) {
                break;
            }
            all.addAll(page);
            after = page.get(page.size() - 1).recipient();
        }

        assertThat(all).extracting(Addressee::address).containsExactly(stays, leavesLater);
        assertThat(all).extracting(Addressee::state).containsExactly(PersonState.SUBSCRIBED, PersonState.UNSUBSCRIBED);
        Map<String, String> slots = all.get(0).slots();
        assertThat(slots).containsEntry("name", "there").containsKeys("unsubscribeMailto", "preferencesUrl");
        assertThat(house.database.call(
                        () -> house.audience.lookUp(query, List.of(all.get(1).recipient(), SubscriptionBook.newId()))))
                .extracting(Addressee::state)
                .containsExactly(PersonState.UNSUBSCRIBED);
        AudienceCount count = house.database.call(() -> house.issues.audience(issue));
        assertThat(count.recipients()).isEqualTo(2);
        assertThat(count.leftOut())
                .containsEntry(SkipReason.UNSUBSCRIBED, 2L)
                .containsEntry(SkipReason.NOT_CONFIRMED, 1L);
        assertThat(joinsLater).isNotEqualTo(stays);
    }

    @Test
    void givesTheAudienceItsTimeZonesAndCountsWhoSaidTheirs() {
        NewsletterId news = house.newsletter("News");
        IssueId issue = issue(news);
        EmailAddress unknown = house.reader(news);
        assertThat(house.database.call(() -> house.audience.zones())).isEmpty();
        assertThat(house.database.call(() -> house.issues.zonesKnown(issue))).isZero();
        EmailAddress tokyo = house.reader(news);
        EmailAddress left = house.reader(news);
        for (EmailAddress reader : List.of(tokyo, left)) {
            String sitting = house.sitting(reader);
            house.database.inTransaction(() -> house.sittings.describe(
                    sitting, House.BROWSER, Locale.ENGLISH, Optional.of(ZoneId.of("Asia/Tokyo"))));
        }
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(left, news), Means.LINK));
        house.clock.advance(Duration.ofSeconds(1));
        AudienceQuery query = new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());

        List<Addressee> all = house.database.call(() -> house.audience.after(query, null, 10));
        List<UUID> ids = all.stream().map(Addressee::recipient).toList();

        assertThat(all).extracting(Addressee::address).containsExactly(unknown, tokyo);
        assertThat(all)
                .extracting(Addressee::zone)
                .containsExactly(Optional.empty(), Optional.of(ZoneId.of("Asia/Tokyo")));
        assertThat(house.database.call(() -> house.audience.lookUp(query, ids)))
                .extracting(Addressee::zone)
                .containsExactlyInAnyOrder(Optional.empty(), Optional.of(ZoneId.of("Asia/Tokyo")));
        assertThat(house.database.call(() -> house.audience.zones())).containsExactly(ZoneId.of("Asia/Tokyo"));
        assertThat(house.database.call(() -> house.issues.zonesKnown(issue)))
                .as("who left does not count")
                .isEqualTo(1);
    }
}
