package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.EmergencyNotReviewed;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Banner;
import org.tidings.announcements.Change;
import org.tidings.announcements.Deciders;
import org.tidings.announcements.Emergencies;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Place;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PublicAnnouncements.Standing;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.internal.policies.FirstPolicies;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingState;
import org.tidings.mail.testing.TestDatabase;

/** The way of an announcement, on each database. */
abstract class AnnouncementsContract {

    private World world;

    abstract TestDatabase database();

    private static final String LOOKS_PROMOTIONAL =
            "Upgrade today is the page that cannot be opened, try our new plan.";

    @BeforeEach
    void begin() {
        world = new World(database());
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void sendsExactlyWhatASecondPersonApproved() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().inGerman().build());

        MailingOrder order = world.mailings.newestOrder();
        assertThat(order.kind()).isEqualTo(MailKind.SERVICE_NOTICE);
        assertThat(order.audience()).isEqualTo(AllAccounts.NAME);
        assertThat(order.expected()).isEqualTo(3);
        assertThat(order.notBefore()).isEqualTo(world.clock.now().plusMinutes(10));
        assertThat(order.list()).isEmpty();
        assertThat(order.inReplyTo()).isEmpty();
        assertThat(order.contents())
                .extracting(content -> content.body().language())
                .containsExactly(Locale.ENGLISH, Locale.GERMAN);
        assertThat(order.contents().get(0).subject()).isEqualTo("[Maintenance] Database maintenance on Sunday night");
        assertThat(order.contents().get(1).subject()).isEqualTo("[Wartung] Wir ziehen die Datenbank um.");
        assertThat(sent.state()).isEqualTo(AnnouncementState.PUBLISHED);
        assertThat(world.actions())
                .containsExactly(
                        "draft-announcement", "submit-announcement", "approve-announcement", "publish-announcement");
    }

    /** The name of a decision stays, also when the account of who took it is erased. */
    @Test
    void keepsTheNamesOfThoseWhoDecided_ANN07() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());

        KeptDeciders deciders = new KeptDeciders(world.database.entityManager("announcements"));
        var kept = world.in(() -> deciders.of(sent.id()));

        assertThat(kept).containsOnlyKeys(world.author, world.second);
        assertThat(kept.values())
                .allSatisfy(decider ->
                        assertThat(decider).isEqualTo(new Deciders.Decider("Ann Announcer", Set.of(Role.ANNOUNCER))));
        assertThat(world.in(() -> deciders.of(world.second, EmailAddress.parse("announcer@example.org"))))
                .as("in the copy of what is stored about her")
                .asString()
                .contains("Ann Announcer", sent.id().value().toString());
    }

    /** SVC-02, SVC-03. */
    @Test
    void mailBeginsWithWhatWhenWhatToDoAndWhoAndEndsWithWhyItCannotBeSwitchedOff() {
        publish(ContentBuilder.aMaintenance().build());

        MailBody body = world.mailings.newestOrder().contents().get(0).body();
        assertThat(body.blocks().get(0)).isInstanceOf(MailBody.Heading.class);
        MailBody.Facts facts = (MailBody.Facts) body.blocks().get(1);
        assertThat(facts.facts())
                .extracting(MailBody.Fact::label)
                .startsWith("What", "When", "In UTC", "What to do", "Who is affected");
        assertThat(facts.facts())
                .extracting(MailBody.Fact::value)
                .contains(
                        "Sunday 29 November 2026, 22:00 to 23:30 (Europe/Berlin, UTC+01:00), 1 hour 30 minutes",
                        "Sunday 29 November 2026, 21:00 to 22:30 UTC");
        assertThat(body.footer())
                .extracting(MailBody.FooterLine::text)
                .anyMatch(
                        line -> line.contains("hold an account at Example") && line.contains("cannot be switched off"));
        assertThat(body.footer())
                .extracting(MailBody.FooterLine::url)
                .contains("https://example.org/me/close", "https://example.org/me/subscriptions");
        assertThat(body.toString().toLowerCase(Locale.ROOT)).doesNotContain("unsubscribe");
    }

    /** SVC-08, SND-07. */
    @Test
    void maintenanceCarriesACalendarEntryAndExpiresWithItsWindow() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance()
                .window(Optional.of(Window.in(
                        ZoneId.of("UTC"),
                        LocalDateTime.parse("2026-11-23T20:00"),
                        Optional.of(LocalDateTime.parse("2026-11-23T21:00")))))
                .build());

        MailingOrder order = world.mailings.newestOrder();
        assertThat(order.expiresAt()).isEqualTo(OffsetDateTime.parse("2026-11-23T21:00:00Z"));
        String calendar =
                new String(order.contents().get(0).attachments().get(0).content(), StandardCharsets.UTF_8);
        IcalCheck.assertStrictlyValid(calendar);
        assertThat(calendar)
                .contains("UID:" + sent.id().value() + "@example.org", "SEQUENCE:0", "DTSTART:20261123T200000Z")
                .doesNotContain("METHOD");
    }

    @Test
    void refusesApprovalByWhoHadAHandInIt() {
        AnnouncementView draft = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.aMaintenance().build()));
        AnnouncementView edited =
                world.in(() -> world.drafts.edit(world.second, draft.id(), draft.version(), draft.content()));
        AnnouncementView submitted = world.in(() -> world.approvals.submit(world.author, edited.id()));

        assertThatThrownBy(() ->
                        world.in(() -> world.approvals.approve(world.author, draft.id(), submitted.digest(), Map.of())))
                .satisfies(World.refused(Reason.AUTHOR_CANNOT_APPROVE));
        assertThatThrownBy(() ->
                        world.in(() -> world.approvals.approve(world.second, draft.id(), submitted.digest(), Map.of())))
                .satisfies(World.refused(Reason.AUTHOR_CANNOT_APPROVE));
    }

    @Test
    void anyEditVoidsTheApproval() {
        AnnouncementView approved = approve(ContentBuilder.aMaintenance().build());

        AnnouncementView edited = world.in(() -> world.drafts.edit(
                world.author,
                approved.id(),
                approved.version(),
                ContentBuilder.aMaintenance().with(Slot.IMPACT, "Another one.").build()));

        assertThat(edited.state()).isEqualTo(AnnouncementState.DRAFT);
        assertThat(edited.approved()).isEmpty();
        assertThat(edited.digest()).isEmpty();
        assertThatThrownBy(() ->
                        world.in(() -> world.publications.publish(world.author, approved.id(), 3, Optional.empty())))
                .isInstanceOf(NotInThisState.class);
    }

    @Test
    void refusesApprovalOfAnotherDigestThanShown() {
        AnnouncementView submitted = submit(ContentBuilder.aMaintenance().build());

        assertThatThrownBy(() ->
                        world.in(() -> world.approvals.approve(world.second, submitted.id(), "0".repeat(64), Map.of())))
                .satisfies(World.refused(Reason.CONTENT_CHANGED_SINCE_SHOWN));
    }

    @Test
    void refusesEditOfAnOlderVersion() {
        AnnouncementView draft = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.aMaintenance().build()));
        world.in(() -> world.drafts.edit(
                world.author,
                draft.id(),
                draft.version(),
                ContentBuilder.aMaintenance().with(Slot.WHAT, "Changed.").build()));

        assertThatThrownBy(() ->
                        world.in(() -> world.drafts.edit(world.second, draft.id(), draft.version(), draft.content())))
                .satisfies(World.refused(Reason.EDITED_MEANWHILE));
    }

    @Test
    void letsAFindingStandOnlyWithAReason() {
        AnnouncementView submitted = submit(ContentBuilder.aMaintenance()
                .with(Slot.IMPACT, LOOKS_PROMOTIONAL)
                .build());
        Finding finding = submitted.findings().get(0);

        assertThatThrownBy(() -> world.in(
                        () -> world.approvals.approve(world.second, submitted.id(), submitted.digest(), Map.of())))
                .isInstanceOf(FindingsOpen.class);
        AnnouncementView approved = world.in(() -> world.approvals.approve(
                world.second, submitted.id(), submitted.digest(), Map.of(finding.key(), "It is the name of a page.")));

        assertThat(approved.reasons()).containsKey(finding.key());
    }

    @Test
    void refusesToSubmitALinkToAForeignHost() {
        AnnouncementView draft = world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.aMaintenance()
                        .with(Slot.WHAT, "See https://elsewhere.example.com/now")
                        .build()));

        assertThatThrownBy(() -> world.in(() -> world.approvals.submit(world.author, draft.id())))
                .isInstanceOf(FindingsOpen.class);
    }

    @Test
    void refusesToSubmitWhatIsIncomplete() {
        AnnouncementView draft = world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.aMaintenance()
                        .with(Slot.IF_MISSED, "")
                        .window(Optional.empty())
                        .with(Locale.GERMAN, Slot.HEADLINE, "Nur die Überschrift")
                        .build()));

        assertThatThrownBy(() -> world.in(() -> world.approvals.submit(world.author, draft.id())))
                .isInstanceOfSatisfying(
                        ContentRejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(ContentRejected.Problem::field)
                                .contains("en.if-missed", "start", "de.what"));
    }

    @Test
    void refusesACountThatIsNotTheAudiences() {
        AnnouncementView approved = approve(ContentBuilder.aMaintenance().build());

        assertThatThrownBy(() ->
                        world.in(() -> world.publications.publish(world.author, approved.id(), 4, Optional.empty())))
                .satisfies(World.refused(Reason.COUNT_NOT_CONFIRMED));
        assertThat(world.mailings.orders()).isEmpty();
    }

    @Test
    void takesItBackWithinTheUndoWindowAsIfNothingHadHappened() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());
        world.clock.advance(Duration.ofMinutes(9));
        assertThat(world.in(() -> world.published.newest(10))).isEmpty();
        IcalCheck.assertStrictlyValid(world.in(() -> world.feeds.calendar(Locale.ENGLISH)));

        AnnouncementView stopped = world.in(() -> world.followUps.stop(world.author, sent.id()));

        assertThat(stopped.state()).isEqualTo(AnnouncementState.DRAFT);
        assertThat(world.mailings
                        .progress(sent.mailing().orElseThrow())
                        .orElseThrow()
                        .state())
                .isEqualTo(MailingState.CANCELLED);
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(world.in(() -> world.published.newest(10))).isEmpty();
    }

    /** Another node's clock is fast: it has begun though the window is open by ours. */
    @Test
    void isNotTakenBackInTimeWhenSomebodyGotIt() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());
        world.mailings.begin();

        AnnouncementView stopped = world.in(() -> world.followUps.stop(world.author, sent.id()));

        assertThat(stopped.state()).isEqualTo(AnnouncementState.PUBLISHED);
    }

    @Test
    void staysPublicWhenStoppedLater() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());
        world.clock.advance(Duration.ofMinutes(11));

        AnnouncementView stopped = world.in(() -> world.followUps.stop(world.second, sent.id()));

        assertThat(stopped.state()).isEqualTo(AnnouncementState.PUBLISHED);
        assertThat(world.in(() -> world.published.newest(10))).hasSize(1);
    }

    @Test
    void goesToTheRestAfterItWasStoppedUnlessItIsOver() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());
        world.clock.advance(Duration.ofMinutes(11));
        world.in(() -> world.followUps.stop(world.second, sent.id()));

        world.in(() -> world.followUps.resendToRest(world.second, sent.id()));

        assertThat(world.mailings
                        .progress(sent.mailing().orElseThrow())
                        .orElseThrow()
                        .state())
                .isEqualTo(MailingState.RUNNING);
        // A maintenance is not announced to anybody when it is over.
        assertThat(world.mailings.restUntil().orElseThrow())
                .isBeforeOrEqualTo(sent.content().window().flatMap(Window::end).orElseThrow());
        assertThat(world.actions()).contains("resend-announcement-to-rest");
        world.in(() -> world.endings.close(world.second, sent.id(), Ending.cancelled(), true));
        assertThatThrownBy(() -> world.in(() -> world.followUps.resendToRest(world.second, sent.id())))
                .isInstanceOf(NotInThisState.class);
    }

    @Test
    void goesOnAfterItStoppedByItself() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());
        world.mailings.pause(sent.mailing().orElseThrow());

        world.in(() -> world.followUps.resume(world.second, sent.id()));

        assertThat(world.mailings
                        .progress(sent.mailing().orElseThrow())
                        .orElseThrow()
                        .state())
                .isEqualTo(MailingState.RUNNING);
        assertThat(world.actions()).contains("resume-announcement");
    }

    /** SVC-10. */
    @Test
    void updateAnswersTheFirstNoticeAndSaysWhatChanged() {
        AnnouncementView first = publish(ContentBuilder.aMaintenance().build());
        world.clock.advance(Duration.ofHours(1));
        AnnouncementView update = world.in(() -> world.drafts.draftUpdate(world.second, first.id()));
        world.in(() -> world.drafts.edit(
                world.second,
                update.id(),
                update.version(),
                ContentBuilder.aMaintenance()
                        .window(Optional.of(Window.in(
                                ZoneId.of("Europe/Berlin"),
                                LocalDateTime.parse("2026-11-30T22:00"),
                                Optional.of(LocalDateTime.parse("2026-11-30T23:30")))))
                        .build()));
        AnnouncementView submitted = world.in(() -> world.approvals.submit(world.second, update.id()));
        world.in(() -> world.approvals.approve(world.author, update.id(), submitted.digest(), Map.of()));
        world.in(() -> world.publications.publish(world.second, update.id(), 3, Optional.empty()));

        MailingOrder order = world.mailings.newestOrder();
        assertThat(order.inReplyTo()).isEqualTo(first.mailing());
        assertThat(order.contents().get(0).subject())
                .isEqualTo("[Maintenance] Update: Database maintenance on Sunday night");
        assertThat(order.contents().get(0).body().toString())
                .contains("was: Sunday 29 November 2026, 22:00", "now: Monday 30 November 2026, 22:00");
        String calendar =
                new String(order.contents().get(0).attachments().get(0).content(), StandardCharsets.UTF_8);
        assertThat(calendar).contains("UID:" + first.id().value() + "@example.org", "SEQUENCE:1");
        world.clock.advance(Duration.ofMinutes(11));
        var threads = world.in(() -> world.published.newest(10));
        assertThat(threads).hasSize(1);
        assertThat(threads.get(0).parts()).hasSize(2);
        assertThat(threads.get(0).latest().changesIn(Locale.GERMAN))
                .extracting(Change::label)
                .containsExactly("When");
    }

    @Test
    void sendsAtOnceInAnEmergencyAndAsksForAReview() {
        AnnouncementView draft = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.anIncident().build()));

        AnnouncementView sent = world.in(() -> world.emergencies.publishInEmergency(
                world.author,
                draft.id(),
                new Emergencies.Order(3, "People lose data right now.", Map.of(), Optional.empty())));

        assertThat(world.mailings.newestOrder().notBefore()).isEqualTo(world.clock.now());
        assertThat(sent.emergency().orElseThrow().reviewDueAt())
                .isEqualTo(world.clock.now().plusHours(24));
        assertThat(world.audited.get(1).detail()).startsWith("EMERGENCY");
        assertThatThrownBy(() -> world.in(() -> world.emergencies.review(world.author, draft.id(), "I was right to.")))
                .satisfies(World.refused(Reason.AUTHOR_CANNOT_APPROVE));
        AnnouncementView reviewed =
                world.in(() -> world.emergencies.review(world.second, draft.id(), "It could not have waited."));
        assertThat(reviewed.emergency().orElseThrow().review()).isPresent();
    }

    @Test
    void refusesAnEmergencyForWhatCanWaitAndFindingsWithoutAReason() {
        AnnouncementView terms = world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.aMaintenance()
                        .type(AnnouncementType.TERMS_CHANGE, SubjectPrefix.TERMS)
                        .build()));
        AnnouncementView promotion = world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.anIncident()
                        .with(Slot.WHAT, "Our best offer for you.")
                        .build()));

        assertThatThrownBy(() -> world.in(() -> world.emergencies.publishInEmergency(
                        world.author,
                        terms.id(),
                        new Emergencies.Order(3, "It is really urgent.", Map.of(), Optional.empty()))))
                .satisfies(World.refused(Reason.EMERGENCY_NOT_ALLOWED));
        assertThatThrownBy(() -> world.in(() -> world.emergencies.publishInEmergency(
                        world.author,
                        promotion.id(),
                        new Emergencies.Order(3, "It is really urgent.", Map.of(), Optional.empty()))))
                .isInstanceOf(FindingsOpen.class);
    }

    /** ANN-04: at two in the morning the truth can be sent, with a reason that the reviewer sees. */
    @Test
    void letsAFindingStandInAnEmergencyWithAReasonAndMarksItForTheReview_ANN04() {
        AnnouncementView draft = world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.anIncident().with(Slot.WHAT, LOOKS_PROMOTIONAL).build()));
        Map<String, String> reasons = Map.of(draft.findings().get(0).key(), "It is the name of a page.");

        AnnouncementView sent = world.in(() -> world.emergencies.publishInEmergency(
                world.author,
                draft.id(),
                new Emergencies.Order(3, "People lose data right now.", reasons, Optional.empty())));

        assertThat(sent.findings()).isEqualTo(draft.findings());
        assertThat(sent.reasons()).isEqualTo(reasons);
        assertThat(world.audited.get(1).detail()).contains("findings confirmed: 1");
        AnnouncementView update = world.in(() -> world.drafts.draftUpdate(world.author, sent.id()));
        assertThat(update.reasons()).as("nobody else has looked yet").isEmpty();
        world.in(() -> world.emergencies.review(world.second, sent.id(), "It could not have waited."));
        assertThat(world.in(() -> world.reading.find(update.id())).orElseThrow().reasons())
                .isEqualTo(reasons);
    }

    /** REV-M4. */
    @Test
    void tellsAllOtherAnnouncersAndAdministratorsOfAnEmergencyAtOnce_REVM4() {
        AnnouncementView draft = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.anIncident().build()));

        world.in(() -> world.emergencies.publishInEmergency(
                world.author,
                draft.id(),
                new Emergencies.Order(3, "People lose data right now.", Map.of(), Optional.empty())));

        List<Letter> letters = world.outbox.lettersFor("announcement-emergency");
        assertThat(letters)
                .extracting(letter -> new AccountId(letter.person()))
                .containsExactlyInAnyOrder(world.second, world.administrator);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.slots()).containsEntry("reason", "People lose data right now.");
            assertThat(letter.body().blocks())
                    .anyMatch(block -> block instanceof MailBody.Button button
                            && button.url()
                                    .equals("https://example.org/staff/emergencies/"
                                            + draft.id().value()));
        });
    }

    /** REV-M4. */
    @Test
    void refusesASecondEmergencyBeforeTheReviewUnlessOfTheSameThread_REVM4() {
        AnnouncementView first = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.anIncident().build()));
        AnnouncementView other = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.anIncident().build()));
        world.in(() -> world.emergencies.publishInEmergency(
                world.author,
                first.id(),
                new Emergencies.Order(3, "People lose data right now.", Map.of(), Optional.empty())));
        AnnouncementView update = world.in(() -> world.drafts.draftUpdate(world.author, first.id()));

        assertThatThrownBy(() -> world.in(() -> world.emergencies.publishInEmergency(
                        world.author,
                        other.id(),
                        new Emergencies.Order(3, "Another thing is broken.", Map.of(), Optional.empty()))))
                .isInstanceOfSatisfying(
                        EmergencyNotReviewed.class,
                        refused -> assertThat(refused.headline()).isEqualTo(first.headline()));
        world.in(() -> world.emergencies.publishInEmergency(
                world.author,
                update.id(),
                new Emergencies.Order(3, "It has become worse.", Map.of(), Optional.empty())));
        assertThat(world.in(() -> world.emergencies.unreviewed()))
                .extracting(AnnouncementView::id)
                .containsExactly(first.id(), update.id());
        world.in(() -> world.emergencies.review(world.second, first.id(), "It could not have waited."));
        world.in(() -> world.emergencies.review(world.second, update.id(), "Neither could this."));
        world.in(() -> world.emergencies.publishInEmergency(
                world.author,
                other.id(),
                new Emergencies.Order(3, "Another thing is broken.", Map.of(), Optional.empty())));
        assertThat(world.in(() -> world.emergencies.unreviewed())).hasSize(1);
    }

    /** Section 4, no. 7. */
    @Test
    void whatWasConfirmedOnceInAThreadStaysConfirmedForTheSameSentence() {
        AnnouncementView sent = publish(
                ContentBuilder.aMaintenance()
                        .with(Slot.IMPACT, LOOKS_PROMOTIONAL)
                        .build(),
                true);
        AnnouncementView update = world.in(() -> world.drafts.draftUpdate(world.author, sent.id()));
        AnnouncementView submitted = world.in(() -> world.approvals.submit(world.author, update.id()));

        AnnouncementView approved =
                world.in(() -> world.approvals.approve(world.second, submitted.id(), submitted.digest(), Map.of()));

        assertThat(approved.reasons()).isEqualTo(sent.reasons());
        AnnouncementView changed = world.in(() -> world.drafts.edit(
                world.author,
                update.id(),
                approved.version(),
                ContentBuilder.aMaintenance()
                        .with(Slot.IMPACT, "Upgrade today, it is better.")
                        .build()));
        assertThat(changed.findings())
                .hasSize(1)
                .noneMatch(finding -> changed.reasons().containsKey(finding.key()));
    }

    /** ANN-01, worst of all: the summary was mailed to everybody and nobody had looked at it. */
    @Test
    void refusesPromotionInAPolicySummary() {
        AnnouncementView draft = policyAnnouncement(
                Map.of(
                        Locale.ENGLISH,
                        new PolicyText(
                                "## New\n\nText.",
                                "Upgrade to HESK Premium now and save 50 %! https://shop.evil.example/pricing?utm_source=policy.")));

        assertThatThrownBy(() -> world.in(() -> world.approvals.submit(world.author, draft.id())))
                .isInstanceOfSatisfying(
                        FindingsOpen.class,
                        open -> assertThat(open.findings())
                                .extracting(Finding::place)
                                .containsOnly(Place.POLICY_SUMMARY));
    }

    /** ANN-01. */
    @Test
    void asksForAReasonForWhatAPolicySaysInEveryLanguage_ANN01() {
        AnnouncementView draft = policyAnnouncement(Map.of(
                Locale.ENGLISH,
                        new PolicyText("## New\n\nTry our new Premium plan today.", "We keep logs for less long."),
                Locale.GERMAN, new PolicyText("## Neu", "Jetzt Premium kaufen und 50 % sparen!")));

        AnnouncementView submitted = world.in(() -> world.approvals.submit(world.author, draft.id()));

        assertThat(submitted.findings())
                .extracting(Finding::place)
                .containsExactlyInAnyOrder(Place.POLICY_TEXT, Place.POLICY_SUMMARY);
        assertThatThrownBy(() -> world.in(
                        () -> world.approvals.approve(world.second, submitted.id(), submitted.digest(), Map.of())))
                .isInstanceOf(FindingsOpen.class);
    }

    /** ANN-01: German readers would get the English summary. */
    @Test
    void saysThatTheSummaryOfALanguageIsMissing_ANN01() {
        AnnouncementView draft = policyAnnouncement(Map.of(
                Locale.ENGLISH, new PolicyText("## New", "We keep logs for a shorter time."),
                Locale.GERMAN, new PolicyText("## Neu", "")));

        assertThatThrownBy(() -> world.in(() -> world.approvals.submit(world.author, draft.id())))
                .isInstanceOfSatisfying(
                        ContentRejected.class,
                        rejected -> assertThat(rejected.problems())
                                .containsExactly(new ContentRejected.Problem(
                                        "de.summary", ContentRejected.Flaw.SUMMARY_MISSING)));
    }

    /** ANN-01: the first version of a policy is published by one person, without an announcement. */
    @Test
    void asksForAReasonBeforeAFirstVersionThatPromotes_ANN01() {
        PolicyVersion draft = world.in(() -> world.policies.draft(world.author, PolicyKind.TERMS));
        PolicyVersion written = world.in(() -> world.policies.edit(
                world.author,
                draft.id(),
                draft.revision(),
                draft.effectiveOn(),
                Map.of(Locale.ENGLISH, new PolicyText("Upgrade to our Premium plan today.", ""))));
        List<Finding> findings = world.in(() -> world.policies.findings(written));

        assertThatThrownBy(() -> world.in(() -> world.policies.publishFirst(world.author, draft.id(), Map.of())))
                .isInstanceOf(FindingsOpen.class);
        PolicyVersion published = world.in(() -> world.policies.publishFirst(
                world.author, draft.id(), Map.of(findings.get(0).key(), "The terms name what is sold.")));
        assertThat(published.publishedAt()).isPresent();
        assertThat(world.actions()).contains("confirm-policy-finding");
    }

    /** A reason of before findings had a sentence is still shown. */
    @Test
    void showsReasonsOfTheFirstVersionOfTheSchema() {
        AnnouncementView sent = publish(
                ContentBuilder.aMaintenance()
                        .with(Slot.IMPACT, LOOKS_PROMOTIONAL)
                        .build(),
                true);
        world.database.inTransaction(() -> world.database
                .entityManager("announcements")
                .createNativeQuery(
                        "update announcements.announcement_reason set finding = 'en.if-missed.PROMOTIONAL_WORD.free',"
                                + " language = null, place = null, rule_code = null, passage = null, sentence = null")
                .executeUpdate());

        AnnouncementView now = world.in(() -> world.reading.find(sent.id())).orElseThrow();

        assertThat(now.findings())
                .containsExactly(new Finding(Locale.ENGLISH, Place.IF_MISSED, Finding.Rule.BENEFIT, "free", ""));
        assertThat(now.reasons()).containsValue("This is honest here.");
    }

    private AnnouncementView policyAnnouncement(Map<Locale, PolicyText> texts) {
        world.database.inTransaction(
                () -> world.policies.seed(PolicyKind.PRIVACY, FirstPolicies.texts(World.LANGUAGES.all())));
        PolicyVersion draft = world.in(() -> world.policies.draft(world.author, PolicyKind.PRIVACY));
        world.in(() ->
                world.policies.edit(world.author, draft.id(), draft.revision(), LocalDate.parse("2027-01-01"), texts));
        return world.in(() -> world.drafts.draft(
                world.author,
                ContentBuilder.aMaintenance()
                        .type(AnnouncementType.PRIVACY_POLICY, SubjectPrefix.PRIVACY_POLICY)
                        .window(Optional.empty())
                        .policy(draft.id())
                        .build()));
    }

    @Test
    void asksForAReasonBeyondTheMonthlyLimit() {
        for (int i = 0; i < 4; i++) {
            publish(ContentBuilder.aMaintenance().build());
        }
        AnnouncementView fifth = approve(ContentBuilder.aMaintenance().build());

        assertThatThrownBy(
                        () -> world.in(() -> world.publications.publish(world.author, fifth.id(), 3, Optional.empty())))
                .satisfies(World.refused(Reason.MONTHLY_LIMIT_REACHED));
        AnnouncementView sent = world.in(() -> world.publications.publish(
                world.author, fifth.id(), 3, Optional.of("Storm damage in the data centre.")));
        assertThat(sent.published().orElseThrow().reason()).isEqualTo("Storm damage in the data centre.");
        world.clock.advance(Duration.ofDays(31));
        assertThat(world.in(() -> world.publications.monthlyUse()).published()).isZero();
    }

    @Test
    void bannerShowsAMaintenanceFromThreeDaysBeforeUntilSomebodySaysItIsOver_ANN13() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());
        assertThat(standingInBanner()).isEmpty();
        world.clock.moveTo(OffsetDateTime.parse("2026-11-26T20:59:00Z"));
        assertThat(standingInBanner()).isEmpty();
        world.clock.moveTo(OffsetDateTime.parse("2026-11-26T21:00:00Z"));
        assertThat(standingInBanner()).containsExactly(Standing.UPCOMING);
        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T21:00:00Z"));
        assertThat(standingInBanner()).containsExactly(Standing.UNDER_WAY);
        world.clock.moveTo(OffsetDateTime.parse("2026-11-29T22:30:00Z"));
        assertThat(standingInBanner()).containsExactly(Standing.UNCONFIRMED);

        world.in(() -> world.endings.close(world.second, sent.id(), Ending.completed(), true));

        world.clock.advance(Duration.ofSeconds(3));
        assertThat(standingInBanner()).isEmpty();
    }

    @Test
    void bannerShowsAnIncidentUntilSomebodySaysItIsSolved() {
        AnnouncementView sent = publish(ContentBuilder.anIncident()
                .undo(0)
                .window(Optional.of(
                        Window.in(ZoneId.of("UTC"), LocalDateTime.parse("2026-11-22T07:00"), Optional.empty())))
                .build());
        world.clock.advance(Duration.ofDays(2));
        assertThat(standingInBanner()).containsExactly(Standing.UNDER_WAY);

        world.in(() -> world.endings.close(world.author, sent.id(), Ending.completed(), true));

        world.clock.advance(Duration.ofSeconds(3));
        assertThat(standingInBanner()).isEmpty();
        assertThat(world.in(() -> world.published.find(sent.id())).orElseThrow().standing())
                .isEqualTo(Standing.COMPLETED);
    }

    @Test
    void feedsTellOfAllThatIsPublic() {
        AnnouncementView sent = publish(
                ContentBuilder.aMaintenance()
                        .with(Slot.HEADLINE, "Umlauts, <angle> & \"quotes\"; ümläut 🛠 and more of it to be folded")
                        .build(),
                true);
        world.clock.advance(Duration.ofMinutes(11));

        String atom = world.in(() -> world.feeds.atom(Locale.ENGLISH));
        String json = world.in(() -> world.feeds.json(Locale.GERMAN));
        String calendar = world.in(() -> world.feeds.calendar(Locale.ENGLISH));

        FeedChecks.assertValidAtom(atom);
        FeedChecks.assertValidJsonFeed(json);
        IcalCheck.assertStrictlyValid(calendar);
        assertThat(atom).contains("urn:uuid:" + sent.id().value(), "&lt;angle&gt;");
        assertThat(json)
                .contains("https://example.org/announcements/" + sent.id().value());
        assertThat(calendar).contains("STATUS:CONFIRMED");

        world.in(() -> world.endings.close(world.author, sent.id(), Ending.cancelled(), true));
        String cancelled = world.in(() -> world.feeds.calendar(Locale.ENGLISH));
        IcalCheck.assertStrictlyValid(cancelled);
        assertThat(cancelled).contains("STATUS:CANCELLED", "SEQUENCE:1");
    }

    @Test
    void sendsATestToTheAnnouncerAlone() {
        AnnouncementView draft = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.aMaintenance().build()));

        world.database.inTransaction(() -> world.tests.sendTest(world.author, draft.id(), Locale.ENGLISH));

        assertThat(world.outbox.newest().kind()).isEqualTo(MailKind.ANNOUNCEMENT_TEST);
        assertThat(world.outbox.newest().to().canonical()).isEqualTo("announcer@example.org");
        assertThat(world.outbox.newest().subject()).startsWith("Test: [Maintenance]");
        assertThat(world.mailings.orders()).isEmpty();
    }

    /** SVC-05. */
    @Test
    void privacyPolicyIsPublishedByItsAnnouncementAndHoldsFromItsDay() {
        world.database.inTransaction(
                () -> world.policies.seed(PolicyKind.PRIVACY, FirstPolicies.texts(World.LANGUAGES.all())));
        PolicyVersion draft = world.in(() -> world.policies.draft(world.author, PolicyKind.PRIVACY));
        assertThat(draft.number()).isEqualTo(2);
        LocalDate effective = LocalDate.parse("2026-12-31");
        world.in(() -> world.policies.edit(
                world.author,
                draft.id(),
                draft.revision(),
                effective,
                Map.of(Locale.ENGLISH, new PolicyText("## New\n\nText.", "We keep logs for a shorter time."))));

        AnnouncementView sent = publish(ContentBuilder.aMaintenance()
                .type(AnnouncementType.PRIVACY_POLICY, SubjectPrefix.PRIVACY_POLICY)
                .window(Optional.empty())
                .policy(draft.id())
                .build());

        MailingOrder order = world.mailings.newestOrder();
        assertThat(order.kind()).isEqualTo(MailKind.POLICY_CHANGE);
        assertThat(order.contents().get(0).body().toString())
                .contains(
                        "We keep logs for a shorter time.",
                        "Thursday 31 December 2026",
                        "https://example.org/policies/privacy/2",
                        "https://example.org/policies/privacy/1");
        assertThat(world.in(() -> world.policies.upcoming(PolicyKind.PRIVACY))).isEmpty();
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(world.in(() -> world.policies.upcoming(PolicyKind.PRIVACY))
                        .orElseThrow()
                        .announcedBy())
                .contains(sent.id());
        assertThat(world.in(() -> world.policies.current(PolicyKind.PRIVACY))
                        .orElseThrow()
                        .number())
                .isEqualTo(1);
        assertThatThrownBy(() -> world.in(
                        () -> world.policies.edit(world.author, draft.id(), draft.revision() + 2, effective, Map.of())))
                .satisfies(World.refused(Reason.VERSION_PUBLISHED));
        world.clock.moveTo(OffsetDateTime.parse("2026-12-31T00:00:00Z"));
        assertThat(world.in(() -> world.policies.current(PolicyKind.PRIVACY))
                        .orElseThrow()
                        .number())
                .isEqualTo(2);
    }

    @Test
    void refusesAPrivacyPolicyThatTakesEffectTooSoon() {
        world.database.inTransaction(
                () -> world.policies.seed(PolicyKind.PRIVACY, FirstPolicies.texts(World.LANGUAGES.all())));
        PolicyVersion draft = world.in(() -> world.policies.draft(world.author, PolicyKind.PRIVACY));
        world.in(() -> world.policies.edit(
                world.author,
                draft.id(),
                draft.revision(),
                LocalDate.parse("2026-12-01"),
                Map.of(Locale.ENGLISH, new PolicyText("New.", "Less."))));

        assertThatThrownBy(() -> submit(ContentBuilder.aMaintenance()
                        .type(AnnouncementType.PRIVACY_POLICY, SubjectPrefix.PRIVACY_POLICY)
                        .policy(draft.id())
                        .build()))
                .isInstanceOfSatisfying(
                        ContentRejected.class,
                        rejected -> assertThat(rejected.problems())
                                .containsExactly(
                                        new ContentRejected.Problem("policy", ContentRejected.Flaw.TOO_EARLY)));
    }

    @Test
    void editOfThePolicyVoidsTheApprovalOfItsAnnouncement() {
        world.database.inTransaction(
                () -> world.policies.seed(PolicyKind.PRIVACY, FirstPolicies.texts(World.LANGUAGES.all())));
        PolicyVersion draft = world.in(() -> world.policies.draft(world.author, PolicyKind.PRIVACY));
        PolicyVersion written = world.in(() -> world.policies.edit(
                world.author,
                draft.id(),
                draft.revision(),
                LocalDate.parse("2027-01-01"),
                Map.of(Locale.ENGLISH, new PolicyText("New.", "Less."))));
        AnnouncementView approved = approve(ContentBuilder.aMaintenance()
                .type(AnnouncementType.PRIVACY_POLICY, SubjectPrefix.PRIVACY_POLICY)
                .policy(draft.id())
                .build());

        world.in(() -> world.policies.edit(
                world.author,
                draft.id(),
                written.revision(),
                LocalDate.parse("2027-01-01"),
                Map.of(Locale.ENGLISH, new PolicyText("New.", "More."))));

        assertThatThrownBy(() ->
                        world.in(() -> world.publications.publish(world.author, approved.id(), 3, Optional.empty())))
                .satisfies(World.refused(Reason.CONTENT_CHANGED_SINCE_SHOWN));
    }

    @Test
    void discardsADraftAndKeepsWhatWasPublished() {
        AnnouncementView draft = world.in(() -> world.drafts.draft(
                world.author, ContentBuilder.aMaintenance().inGerman().build()));
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());

        world.database.inTransaction(() -> world.drafts.discard(world.author, draft.id()));

        assertThat(world.in(() -> world.reading.find(draft.id()))).isEmpty();
        assertThatThrownBy(() -> world.database.inTransaction(() -> world.drafts.discard(world.author, sent.id())))
                .isInstanceOf(NotInThisState.class);
        assertThat(world.in(() -> world.reading.newest(10))).hasSize(1);
    }

    @Test
    void bringsADiscardedDraftBackWithoutItsApproval() {
        AnnouncementView approved =
                approve(ContentBuilder.aMaintenance().inGerman().build());
        world.database.inTransaction(() -> world.drafts.discard(world.author, approved.id()));

        assertThat(world.in(() -> world.reading.newest(10))).isEmpty();
        assertThat(world.in(() -> world.reading.page(Optional.empty(), 10))).isEmpty();
        assertThat(world.in(() -> world.reading.thread(approved.thread()))).isEmpty();
        assertThatThrownBy(() ->
                        world.in(() -> world.publications.publish(world.author, approved.id(), 3, Optional.empty())))
                .satisfies(World.refused(Reason.UNKNOWN));
        assertThat(world.in(() -> world.drafts.discarded(10)))
                .extracting(AnnouncementView::id)
                .containsExactly(approved.id());

        AnnouncementView back = world.in(() -> world.drafts.bringBack(world.author, approved.id()));

        assertThat(back.state()).isEqualTo(AnnouncementState.DRAFT);
        assertThat(back.approved()).isEmpty();
        assertThat(back.content()).isEqualTo(approved.content());
        assertThat(world.in(() -> world.drafts.discarded(10))).isEmpty();
        assertThatThrownBy(() -> world.in(() -> world.drafts.bringBack(world.author, approved.id())))
                .as("it is there")
                .satisfies(World.refused(Reason.UNKNOWN));
    }

    @Test
    void forgetsADiscardedUpdateWhenAnotherIsBegunOrAWeekIsOver() {
        AnnouncementView sent = publish(ContentBuilder.aMaintenance().build());
        AnnouncementView first = world.in(() -> world.drafts.draftUpdate(world.author, sent.id()));
        world.database.inTransaction(() -> world.drafts.discard(world.author, first.id()));

        AnnouncementView second = world.in(() -> world.drafts.draftUpdate(world.author, sent.id()));

        assertThat(second.sequence()).isEqualTo(first.sequence());
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThatThrownBy(() -> world.in(() -> world.drafts.bringBack(world.author, first.id())))
                .satisfies(World.refused(Reason.UNKNOWN));

        world.database.inTransaction(() -> world.drafts.discard(world.author, second.id()));
        world.database.inTransaction(world.reminders::forgetDiscarded);
        assertThat(world.in(() -> world.drafts.discarded(10))).hasSize(1);
        world.clock.advance(Duration.ofDays(8));
        assertThat(world.in(() -> world.drafts.discarded(10))).isEmpty();
        world.database.inTransaction(world.reminders::forgetDiscarded);
        world.clock.advance(Duration.ofDays(-8));
        assertThatThrownBy(() -> world.in(() -> world.drafts.bringBack(world.author, second.id())))
                .satisfies(World.refused(Reason.UNKNOWN));
    }

    @Test
    void bringsADiscardedPolicyBackUntilAnotherIsBegun() {
        PolicyVersion draft = world.in(() -> world.policies.draft(world.author, PolicyKind.TERMS));
        PolicyVersion written = world.in(() -> world.policies.edit(
                world.author,
                draft.id(),
                draft.revision(),
                LocalDate.parse("2027-01-01"),
                Map.of(Locale.ENGLISH, new PolicyText("Terms.", ""))));
        world.database.inTransaction(() -> world.policies.discard(world.author, draft.id()));

        assertThat(world.in(() -> world.policies.find(draft.id()))).isEmpty();
        assertThat(world.in(() -> world.policies.all()))
                .extracting(PolicyVersion::id)
                .doesNotContain(draft.id());
        assertThat(world.in(() -> world.policies.discarded()).keySet())
                .extracting(PolicyVersion::id)
                .containsExactly(draft.id());
        assertThat(world.in(() -> world.policies.bringBack(world.author, draft.id()))
                        .texts())
                .isEqualTo(written.texts());

        world.database.inTransaction(() -> world.policies.discard(world.author, draft.id()));
        PolicyVersion another = world.in(() -> world.policies.draft(world.author, PolicyKind.TERMS));

        assertThat(another.number()).isEqualTo(draft.number());
        assertThatThrownBy(() -> world.in(() -> world.policies.bringBack(world.author, draft.id())))
                .satisfies(World.refused(Reason.VERSION_UNKNOWN));
    }

    @Test
    void listsPageByPage() {
        AnnouncementView first = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.aMaintenance().build()));
        AnnouncementView second = world.in(() ->
                world.drafts.draft(world.author, ContentBuilder.aMaintenance().build()));

        List<AnnouncementView> newest = world.in(() -> world.reading.page(Optional.empty(), 1));
        List<AnnouncementView> next = world.in(() -> world.reading.page(Optional.of(second.id()), 1));

        assertThat(newest).extracting(AnnouncementView::id).containsExactly(second.id());
        assertThat(next).extracting(AnnouncementView::id).containsExactly(first.id());
    }

    @Test
    void samplesComeOnceAndGo() {
        world.database.inTransaction(() -> world.samples.add());
        world.database.inTransaction(() -> world.samples.add());
        assertThat(world.in(() -> world.published.newest(10))).hasSize(1);
        assertThat(world.mailings.orders()).isEmpty();

        world.database.inTransaction(() -> world.samples.remove());
        assertThat(world.in(() -> world.published.newest(10))).isEmpty();
    }

    private List<Standing> standingInBanner() {
        return world.in(() -> world.banner.lines(Locale.ENGLISH)).stream()
                .map(Banner.Line::standing)
                .toList();
    }

    private AnnouncementView submit(AnnouncementContent content) {
        AnnouncementView draft = world.in(() -> world.drafts.draft(world.author, content));
        return world.in(() -> world.approvals.submit(world.author, draft.id()));
    }

    private AnnouncementView approve(AnnouncementContent content) {
        return approve(content, false);
    }

    private AnnouncementView approve(AnnouncementContent content, boolean confirmAll) {
        AnnouncementView submitted = submit(content);
        Map<String, String> reasons = new HashMap<>();
        if (confirmAll) {
            submitted.findings().forEach(finding -> reasons.put(finding.key(), "This is honest here."));
        }
        return world.in(() -> world.approvals.approve(world.second, submitted.id(), submitted.digest(), reasons));
    }

    private AnnouncementView publish(AnnouncementContent content) {
        return publish(content, false);
    }

    private AnnouncementView publish(AnnouncementContent content, boolean confirmAll) {
        AnnouncementView approved = approve(content, confirmAll);
        return world.in(() -> world.publications.publish(world.author, approved.id(), 3, Optional.empty()));
    }
}
