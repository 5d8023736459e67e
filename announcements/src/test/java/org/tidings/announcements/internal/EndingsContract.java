package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Flaw;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.PeopleWereTold;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Banner;
import org.tidings.announcements.Caution;
import org.tidings.announcements.Emergencies;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PublicAnnouncements.Standing;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.internal.policies.FirstPolicies;
import org.tidings.mail.Letter;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.testing.TestDatabase;

/** How announcements end, and who is told of what, on each database. */
abstract class EndingsContract {

    private World world;

    abstract TestDatabase database();

    @BeforeEach
    void begin() {
        world = new World(database());
    }

    @AfterEach
    void end() {
        world.close();
    }

    /** ANN-02, REP-07: after a cancellation was told nothing says that it takes place. */
    @Test
    void aCancellationIsToldAndStaysInMailCalendarPageFeedsAndBanner_ANN02_REP07() {
        AnnouncementView first =
                told(publish(ContentBuilder.aMaintenance().inGerman().build()), 3);
        AnnouncementView draft = world.in(() -> world.endings.tell(world.author, first.id(), Ending.cancelled()));
        assertThat(draft.state()).isEqualTo(AnnouncementState.DRAFT);
        assertThat(draft.content().wording(Locale.GERMAN).text(Slot.WHAT))
                .isEqualTo("Diese Wartung findet nicht statt.");

        AnnouncementView cancelled = publishDraft(draft);

        MailingOrder order = world.mailings.newestOrder();
        assertThat(order.contents())
                .extracting(MailingContent::subject)
                .containsExactly(
                        "[Maintenance] Cancelled: Database maintenance on Sunday night",
                        "[Wartung] Abgesagt: Wir ziehen die Datenbank um.");
        assertThat(order.inReplyTo()).isEqualTo(first.mailing());
        assertThat(order.contents().get(0).body().toString())
                .contains("This maintenance does not take place.", "Was announced for")
                .doesNotContain("What has changed");
        assertThat(calendarOf(order))
                .contains("UID:" + first.id().value() + "@example.org", "SEQUENCE:1", "STATUS:CANCELLED")
                .doesNotContain("CONFIRMED");
        world.clock.advance(Duration.ofMinutes(11));
        assertSaidCancelledEverywhere(first.id(), "SEQUENCE:1");
        assertThat(cancelled.outcome()).contains(Outcome.CANCELLED);

        // An update of what is cancelled says so too, and cannot say otherwise.
        AnnouncementView update = world.in(() -> world.drafts.draftUpdate(world.author, first.id()));
        AnnouncementView edited = world.in(() -> world.drafts.edit(
                world.author,
                update.id(),
                update.version(),
                ContentBuilder.aMaintenance()
                        .with(Slot.WHAT, "The reason was a defect.")
                        .build()));
        publishDraft(edited);
        assertThat(calendarOf(world.mailings.newestOrder())).contains("SEQUENCE:2", "STATUS:CANCELLED");
        world.clock.advance(Duration.ofMinutes(11));
        assertSaidCancelledEverywhere(first.id(), "SEQUENCE:2");
    }

    private void assertSaidCancelledEverywhere(AnnouncementId thread, String sequence) {
        assertThat(world.in(() -> world.published.find(thread)).orElseThrow().standing())
                .isEqualTo(Standing.CANCELLED);
        assertThat(world.in(() -> world.feeds.calendar(Locale.ENGLISH)))
                .contains("STATUS:CANCELLED", sequence)
                .doesNotContain("CONFIRMED");
        assertThat(world.in(() -> world.feeds.atom(Locale.ENGLISH)))
                .contains("Cancelled: [Maintenance]", "Was announced for")
                .doesNotContainIgnoringCase("planned");
        assertThat(world.in(() -> world.feeds.json(Locale.ENGLISH))).contains("\"cancelled\"");
        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T20:00:00Z"));
        assertThat(world.in(() -> world.banner.lines(Locale.ENGLISH))).isEmpty();
    }

    /** Closing says it without a mail; what is written afterwards does not bring it back. */
    @Test
    void anUpdateOfWhatWasCancelledWithoutAMailStaysCancelled_ANN02() {
        AnnouncementView first = publish(ContentBuilder.aMaintenance().build());
        AnnouncementView begunBefore = world.in(() -> world.drafts.draftUpdate(world.author, first.id()));
        AnnouncementView submitted = world.in(() -> world.approvals.submit(world.author, begunBefore.id()));
        world.in(() -> world.endings.close(world.author, first.id(), Ending.cancelled(), true));

        assertThatThrownBy(() -> world.in(
                        () -> world.approvals.approve(world.second, begunBefore.id(), submitted.digest(), Map.of())))
                .as("what was submitted did not say that it is cancelled")
                .satisfies(World.refused(Reason.CONTENT_CHANGED_SINCE_SHOWN));
        publishDraft(world.in(
                () -> world.drafts.edit(world.author, submitted.id(), submitted.version(), submitted.content())));

        assertThat(calendarOf(world.mailings.newestOrder())).contains("SEQUENCE:2", "STATUS:CANCELLED");
        world.clock.advance(Duration.ofMinutes(11));
        assertSaidCancelledEverywhere(first.id(), "SEQUENCE:2");
    }

    @Test
    void finishedEarlyEndsTheCalendarEntryThen_ANN02() {
        AnnouncementView first = told(publish(ContentBuilder.aMaintenance().build()), 3);
        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T21:50:00Z"));

        publishDraft(world.in(() -> world.endings.tell(
                world.second, first.id(), Ending.completed(OffsetDateTime.parse("2026-11-29T21:40:00Z")))));

        MailingOrder order = world.mailings.newestOrder();
        assertThat(order.contents().get(0).subject()).startsWith("[Maintenance] Finished: ");
        assertThat(calendarOf(order)).contains("SEQUENCE:1", "STATUS:CONFIRMED", "DTEND:20261129T214000Z");
        assertThat(order.expiresAt())
                .as("that it is over is told when it is over")
                .isAfter(world.clock.now());
        world.clock.advance(Duration.ofMinutes(11));
        assertThat(world.in(() -> world.published.find(first.id()))
                        .orElseThrow()
                        .standing())
                .isEqualTo(Standing.COMPLETED);
        assertThat(world.in(() -> world.feeds.calendar(Locale.ENGLISH)))
                .contains("DTEND:20261129T214000Z", "STATUS:CONFIRMED", "SEQUENCE:1");
    }

    @Test
    void takesLongerUntilALaterTimeAndIsToldSo_ANN13() {
        AnnouncementView first = told(publish(ContentBuilder.aMaintenance().build()), 3);
        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T22:40:00Z"));

        publishDraft(world.in(() -> world.endings.tell(
                world.second, first.id(), Ending.longer(OffsetDateTime.parse("2026-11-29T23:30:00Z")))));

        MailingOrder order = world.mailings.newestOrder();
        assertThat(order.contents().get(0).subject()).startsWith("[Maintenance] Update: ");
        assertThat(order.contents().get(0).body().toString())
                .contains("It takes longer than we said.", "22:00 to 23:30", "2 hours 30 minutes");
        assertThat(calendarOf(order)).contains("SEQUENCE:1", "STATUS:CONFIRMED", "DTEND:20261129T233000Z");
        world.clock.advance(Duration.ofMinutes(11));
        assertThat(standing(first)).isEqualTo(Standing.UNDER_WAY);
        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T23:30:00Z"));
        assertThat(standing(first)).isEqualTo(Standing.UNCONFIRMED);
    }

    /** The clock alone never says that work is over; announcers are asked once for each end that was said. */
    @Test
    void asksAnnouncersOnceHowItEnded_ANN13() {
        AnnouncementView first = publish(ContentBuilder.aMaintenance().build());
        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T22:29:00Z"));
        world.database.inTransaction(() -> world.reminders.remind());
        assertThat(world.outbox.lettersFor("announcement-unconfirmed")).isEmpty();

        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T22:30:00Z"));
        world.database.inTransaction(() -> world.reminders.remind());
        world.database.inTransaction(() -> world.reminders.remind());

        assertThat(world.outbox.lettersFor("announcement-unconfirmed"))
                .extracting(letter -> letter.to().canonical())
                .containsExactlyInAnyOrder("author@example.org", "second@example.org");
        assertThat(world.in(() -> world.endings.unconfirmed()))
                .extracting(AnnouncementView::id)
                .containsExactly(first.id());
        assertThat(world.in(() -> world.feeds.atom(Locale.ENGLISH)))
                .contains("Was to be finished on Sunday 29 November 2026, 23:30", "nobody has confirmed it yet");
        world.in(() -> world.endings.close(world.author, first.id(), Ending.completed(), true));
        assertThat(world.in(() -> world.endings.unconfirmed())).isEmpty();
    }

    @Test
    void isNotEndedInSilenceWhereSomebodyWasTold_ANN02() {
        AnnouncementView first = told(publish(ContentBuilder.aMaintenance().build()), 2);

        assertThatThrownBy(
                        () -> world.in(() -> world.endings.close(world.author, first.id(), Ending.cancelled(), false)))
                .isInstanceOfSatisfying(
                        PeopleWereTold.class, told -> assertThat(told.told()).isEqualTo(2));
        assertThat(standing(first)).isEqualTo(Standing.UPCOMING);
        world.in(() -> world.endings.close(world.author, first.id(), Ending.cancelled(), true));
        assertThat(standing(first)).isEqualTo(Standing.CANCELLED);
    }

    /** Who has not got the first notice yet gets only how it ended. */
    @Test
    void whatStillWaitsToBeSentIsNotSentOnceTheEndIsTold_ANN02() {
        AnnouncementView first = publish(ContentBuilder.aMaintenance().build());

        publishDraft(world.in(() -> world.endings.tell(world.author, first.id(), Ending.cancelled())));

        assertThat(world.mailings
                        .progress(first.mailing().orElseThrow())
                        .orElseThrow()
                        .state())
                .isEqualTo(MailingState.CANCELLED);
        assertThatThrownBy(() -> world.in(() -> world.followUps.resendToRest(world.author, first.id())))
                .isInstanceOf(NotInThisState.class);
    }

    @Test
    void anEndingIsFinalAndFitsTheType_ANN02() {
        AnnouncementView incident = publish(ContentBuilder.anIncident()
                .undo(0)
                .window(window("2026-11-22T07:00:00Z", "2026-11-22T07:30:00Z"))
                .build());
        assertThat(standing(incident)).isEqualTo(Standing.UNCONFIRMED);
        assertRejected(incident, Ending.cancelled(), "outcome", Flaw.NOT_ALLOWED);
        assertRejected(incident, Ending.completed(world.clock.now().plusHours(1)), "at", Flaw.NOT_YET);
        assertRejected(
                incident, Ending.completed(OffsetDateTime.parse("2026-11-22T06:00:00Z")), "at", Flaw.END_BEFORE_START);
        world.in(() -> world.endings.close(world.author, incident.id(), Ending.completed(), true));
        assertThatThrownBy(() ->
                        world.in(() -> world.endings.close(world.author, incident.id(), Ending.cancelled(), true)))
                .isInstanceOf(NotInThisState.class);
        assertThat(standing(incident)).isEqualTo(Standing.COMPLETED);

        AnnouncementView breach = publish(ContentBuilder.aMaintenance()
                .type(AnnouncementType.DATA_BREACH, SubjectPrefix.DATA_BREACH)
                .undo(0)
                .window(Optional.empty())
                .build());
        assertRejected(breach, Ending.cancelled(), "outcome", Flaw.NOT_ALLOWED);
        assertThat(world.in(() -> world.endings.choices(breach.id())).outcomes())
                .containsExactly(Outcome.COMPLETED);
    }

    private void assertRejected(AnnouncementView of, Ending ending, String field, Flaw flaw) {
        assertThatThrownBy(() -> world.in(() -> world.endings.close(world.author, of.id(), ending, true)))
                .isInstanceOfSatisfying(
                        ContentRejected.class,
                        rejected -> assertThat(rejected.problems())
                                .containsExactly(new ContentRejected.Problem(field, flaw)));
    }

    /** An ending is owed to everybody who was told, and not one too many. */
    @Test
    void tellingTheEndNeedsNoReasonBeyondTheMonthlyLimit() {
        for (int i = 0; i < 3; i++) {
            publish(ContentBuilder.aMaintenance().build());
        }
        AnnouncementView fourth = publish(ContentBuilder.aMaintenance().build());

        AnnouncementView cancelled =
                publishDraft(world.in(() -> world.endings.tell(world.author, fourth.id(), Ending.cancelled())));

        assertThat(cancelled.state()).isEqualTo(AnnouncementState.PUBLISHED);
        assertThat(world.in(() -> world.publications.monthlyUse()).published()).isEqualTo(4);
    }

    /** ANN-08: the page of a sent update shows what was sent, whatever was published later. */
    @Test
    void showsTheMailAsItWasSent_ANN08() {
        AnnouncementView first = publish(ContentBuilder.aMaintenance().build());
        AnnouncementView update = world.in(() -> world.drafts.draftUpdate(world.author, first.id()));
        AnnouncementView moved = publishDraft(world.in(() -> world.drafts.edit(
                world.author,
                update.id(),
                update.version(),
                ContentBuilder.aMaintenance()
                        .with(Slot.HEADLINE, "Down at eleven")
                        .build())));
        String subject = world.mailings.newestOrder().contents().get(0).subject();
        publishDraft(world.in(() -> world.endings.tell(world.author, first.id(), Ending.cancelled())));

        assertThat(world.in(() -> world.reading.mail(moved.id(), Locale.ENGLISH))
                        .subject())
                .isEqualTo(subject);
        assertThat(world.in(() -> world.reading.find(moved.id())).orElseThrow().changes())
                .extracting(change -> change.was())
                .containsExactly("Database maintenance on Sunday night");
    }

    /** ANN-12: what is over before the undo window is reaches nobody; what begins before is warned of. */
    @Test
    void refusesWhatNobodyCouldGetInTime_ANN12() {
        AnnouncementContent tooLate = ContentBuilder.aMaintenance()
                .window(window("2026-11-22T08:02:00Z", "2026-11-22T08:09:00Z"))
                .build();
        AnnouncementView draft = world.in(() -> world.drafts.draft(world.author, tooLate));

        assertThatThrownBy(() -> world.in(() -> world.approvals.submit(world.author, draft.id())))
                .isInstanceOfSatisfying(
                        ContentRejected.class,
                        rejected -> assertThat(rejected.problems())
                                .containsExactly(new ContentRejected.Problem("end", Flaw.NOBODY_IN_TIME)));
        AnnouncementView inAnEmergency = world.in(() -> world.emergencies.publishInEmergency(
                world.author,
                draft.id(),
                new Emergencies.Order(3, "It begins in two minutes.", Map.of(), Optional.empty())));
        assertThat(inAnEmergency.state()).isEqualTo(AnnouncementState.PUBLISHED);
    }

    @Test
    void refusesAtPublishingWhatHasBecomeTooLate_ANN12() {
        AnnouncementView draft = world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.aMaintenance()
                        .window(window("2026-11-22T08:20:00Z", "2026-11-22T08:40:00Z"))
                        .build()));
        assertThat(world.in(() -> world.reading.cautions(draft.id())))
                .containsExactly(new Caution(Caution.Kind.BEGINS_BEFORE_SENT, Locale.ENGLISH));
        AnnouncementView submitted = world.in(() -> world.approvals.submit(world.author, draft.id()));
        world.in(() -> world.approvals.approve(world.second, draft.id(), submitted.digest(), Map.of()));
        world.clock.advance(Duration.ofMinutes(20));
        assertThat(world.in(() -> world.reading.cautions(draft.id())))
                .containsExactly(new Caution(Caution.Kind.ENDS_BEFORE_SENT, Locale.ENGLISH));

        world.clock.advance(Duration.ofMinutes(10));
        assertThatThrownBy(
                        () -> world.in(() -> world.publications.publish(world.author, draft.id(), 3, Optional.empty())))
                .isInstanceOf(ContentRejected.class);
    }

    /** ANN-14: "tonight at ten" stays in the language that nobody touched. */
    @Test
    void saysThatATextIsOlderThanTheMoveOfTheWindow_ANN14() {
        AnnouncementView first =
                publish(ContentBuilder.aMaintenance().inGerman().build());
        AnnouncementView update = world.in(() -> world.drafts.draftUpdate(world.author, first.id()));
        Optional<Window> moved = window("2026-11-29T22:00:00Z", "2026-11-29T23:30:00Z");
        AnnouncementView english = world.in(() -> world.drafts.edit(
                world.author,
                update.id(),
                update.version(),
                ContentBuilder.aMaintenance()
                        .inGerman()
                        .window(moved)
                        .with(Slot.WHAT, "We begin at eleven.")
                        .build()));

        assertThat(world.in(() -> world.reading.cautions(update.id())))
                .containsExactly(new Caution(Caution.Kind.TEXT_OLDER_THAN_WINDOW, Locale.GERMAN));
        world.in(() -> world.drafts.edit(
                world.author,
                update.id(),
                english.version(),
                ContentBuilder.aMaintenance()
                        .inGerman()
                        .window(moved)
                        .with(Slot.WHAT, "We begin at eleven.")
                        .with(Locale.GERMAN, Slot.WHAT, "Wir beginnen um elf.")
                        .build()));
        assertThat(world.in(() -> world.reading.cautions(update.id()))).isEmpty();
    }

    /** Who waits for an approval, or got one back, is told by mail. */
    @Test
    void tellsWhoHasToActNext_ANN14() {
        AnnouncementView draft = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.aMaintenance().build()));
        AnnouncementView submitted = world.in(() -> world.approvals.submit(world.author, draft.id()));
        assertTold("announcement-waits", "second@example.org", draft);

        world.in(() -> world.approvals.reject(world.second, draft.id(), "Please say until {{when}}."));
        assertTold("announcement-sent-back", "author@example.org", draft);
        assertThat(world.outbox.newest().slots())
                .as("no braces of hers are read as a slot")
                .containsEntry("reason", "Please say until {{when}}.");
        assertThat(world.outbox.newest().body().toString()).contains("{{reason}}");

        world.in(() -> world.approvals.submit(world.author, draft.id()));
        world.in(() -> world.approvals.approve(world.second, draft.id(), submitted.digest(), Map.of()));
        assertTold("announcement-approved", "author@example.org", draft);
    }

    private void assertTold(String purpose, String address, AnnouncementView of) {
        List<Letter> letters = world.outbox.lettersFor(purpose);
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).to().canonical()).isEqualTo(address);
        assertThat(world.outbox.newestLink())
                .isEqualTo("https://example.org/staff/announcements/" + of.id().value());
    }

    /** ANN-14: a change of terms has its version and its day, as a change of the privacy policy. */
    @Test
    void refusesAChangeOfTermsWithoutAVersion_ANN14() {
        AnnouncementView draft = world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.aMaintenance()
                        .type(AnnouncementType.TERMS_CHANGE, SubjectPrefix.TERMS)
                        .window(Optional.empty())
                        .build()));

        assertThatThrownBy(() -> world.in(() -> world.approvals.submit(world.author, draft.id())))
                .isInstanceOfSatisfying(
                        ContentRejected.class,
                        rejected -> assertThat(rejected.problems())
                                .containsExactly(new ContentRejected.Problem("policy", Flaw.MISSING)));
    }

    /** ANN-14: the most severe first, at most three, and the rest is said. */
    @Test
    void theBannerNeverLosesWhatIsSevere_ANN14() {
        publish(ContentBuilder.aMaintenance()
                .type(AnnouncementType.DATA_BREACH, SubjectPrefix.DATA_BREACH)
                .undo(0)
                .window(Optional.empty())
                .build());
        for (int i = 0; i < 3; i++) {
            world.clock.advance(Duration.ofMinutes(1));
            publish(ContentBuilder.anIncident()
                    .undo(0)
                    .window(window("2026-11-22T07:00:00Z", "2026-11-25T07:00:00Z"))
                    .build());
        }
        AnnouncementView more = approveDraft(world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.aMaintenance()
                        .window(window("2026-11-23T07:00:00Z", "2026-11-23T08:00:00Z"))
                        .build())));
        world.in(() ->
                world.publications.publish(world.author, more.id(), 3, Optional.of("There is much to do this month.")));
        world.clock.advance(Duration.ofMinutes(11));

        assertThat(world.in(() -> world.banner.lines(Locale.ENGLISH)))
                .extracting(Banner.Line::type)
                .containsExactly(AnnouncementType.DATA_BREACH, AnnouncementType.INCIDENT, AnnouncementType.INCIDENT);
        assertThat(world.in(() -> world.banner.more())).isEqualTo(2);
    }

    /** ANN-09: a site has its policy before it has its name. */
    @Test
    void theFirstPolicyIsReadWithTheNameAndAddressOfNow_ANN09() {
        world.database.inTransaction(
                () -> world.policies.seed(PolicyKind.PRIVACY, FirstPolicies.texts(World.LANGUAGES.all())));

        PolicyVersion now =
                world.in(() -> world.policies.current(PolicyKind.PRIVACY)).orElseThrow();

        assertThat(now.text(Locale.ENGLISH).markdown())
                .contains("This is how Example handles", "privacy@example.org")
                .doesNotContain("SITE_NAME", "PRIVACY_ADDRESS", "Tidings");
        assertThat(world.in(() -> world.policies.draft(world.author, PolicyKind.PRIVACY))
                        .text(Locale.GERMAN)
                        .markdown())
                .as("the next version begins with what people read")
                .contains("So geht Example", "privacy@example.org");
    }

    /** ANN-09: of a site of an older release only what was never true is read as it is now. */
    @Test
    void theFirstPolicyOfAnOlderReleaseReachesSomebody_ANN09() {
        PolicyVersion draft = world.in(() -> world.policies.draft(world.author, PolicyKind.PRIVACY));
        String text = "This is how Tidings handles what it knows. Tidings keeps little. Write to privacy@localhost.";
        world.in(() -> world.policies.edit(
                world.author,
                draft.id(),
                draft.revision(),
                draft.effectiveOn(),
                Map.of(Locale.ENGLISH, new PolicyText(text, ""))));

        PolicyVersion published = world.in(() -> world.policies.publishFirst(world.author, draft.id(), Map.of()));

        assertThat(published.text(Locale.ENGLISH).markdown())
                .isEqualTo("This is how Example handles what it knows. Tidings keeps little."
                        + " Write to privacy@example.org.");
    }

    /** MAI-07: nothing stops a data-breach notice, and its foot does not say so. */
    @Test
    void theFootOfADataBreachPromisesNoEnd_MailReceived7() {
        publish(ContentBuilder.aMaintenance()
                .type(AnnouncementType.DATA_BREACH, SubjectPrefix.DATA_BREACH)
                .undo(0)
                .window(Optional.empty())
                .build());

        assertThat(world.mailings
                        .newestOrder()
                        .contents()
                        .get(0)
                        .body()
                        .footer()
                        .toString())
                .contains("holds data about you", "deactivated accounts too")
                .doesNotContain("stops when you deactivate", "/me/close", "hold an account");
    }

    private Standing standing(AnnouncementView of) {
        return world.in(() -> world.published.find(of.thread())).orElseThrow().standing();
    }

    private static Optional<Window> window(String start, String end) {
        return Optional.of(new Window(
                OffsetDateTime.parse(start), Optional.of(OffsetDateTime.parse(end)), ZoneId.of("Europe/Berlin")));
    }

    private static String calendarOf(MailingOrder order) {
        String calendar =
                new String(order.contents().get(0).attachments().get(0).content(), StandardCharsets.UTF_8);
        IcalCheck.assertStrictlyValid(calendar);
        return calendar;
    }

    /** Its mail has reached so many, and is done. */
    private AnnouncementView told(AnnouncementView view, long sent) {
        MailingId mailing = view.mailing().orElseThrow();
        OffsetDateTime now = world.clock.now();
        world.mailings.report(new MailingProgress(
                mailing,
                MailingState.FINISHED,
                3,
                sent,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                now,
                now,
                Optional.of(now),
                Optional.empty()));
        return view;
    }

    /** Until it is public. */
    private AnnouncementView publish(AnnouncementContent content) {
        AnnouncementView sent = publishDraft(world.in(() -> world.drafts.draft(world.author, content)));
        world.clock.advance(Duration.ofMinutes(content.undoMinutes() + 1));
        return sent;
    }

    private AnnouncementView publishDraft(AnnouncementView draft) {
        AnnouncementView approved = approveDraft(draft);
        return world.in(() -> world.publications.publish(world.author, approved.id(), 3, Optional.empty()));
    }

    private AnnouncementView approveDraft(AnnouncementView draft) {
        boolean byAuthor = !draft.contributors().contains(world.second);
        AnnouncementView submitted =
                world.in(() -> world.approvals.submit(byAuthor ? world.author : world.second, draft.id()));
        return world.in(() -> world.approvals.approve(
                byAuthor ? world.second : world.author, draft.id(), submitted.digest(), Map.of()));
    }
}
