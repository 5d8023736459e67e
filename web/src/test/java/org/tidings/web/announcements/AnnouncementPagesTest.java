package org.tidings.web.announcements;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementDesk.MonthlyUse;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.AnnouncementView.Decision;
import org.tidings.announcements.AnnouncementView.Emergency;
import org.tidings.announcements.Change;
import org.tidings.announcements.Endings;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Place;
import org.tidings.announcements.Policies.DiffLine;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.PublicAnnouncements.Part;
import org.tidings.announcements.PublicAnnouncements.PublicAnnouncement;
import org.tidings.announcements.PublicAnnouncements.Standing;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SkipReason;
import org.tidings.site.Languages;
import org.tidings.web.mail.DeliveryLine;
import org.tidings.web.mail.StoppedMailing;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageContext;
import org.tidings.web.pages.TestPages;

class AnnouncementPagesTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final AccountId AUTHOR = new AccountId(new UUID(3, 3));
    private static final Finding FINDING = new Finding(
            Locale.ENGLISH, Place.POLICY_SUMMARY, Finding.Rule.BENEFIT, "50 % off", "Premium, now <b>50 % off</b>.");
    private static final Finding CONFIRMED =
            new Finding(Locale.ENGLISH, Place.WHAT, Finding.Rule.PRICE, "20 %", "For 20 % it fails.");
    private static final AnnouncementId ID = new AnnouncementId(new UUID(4, 4));

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void showsTheThreadWithWhatHoldsOnTop(String language) {
        PageContext page = TestPages.anonymous(Locale.forLanguageTag(language));
        PublicAnnouncement thread = new PublicAnnouncement(
                ID,
                Standing.UPCOMING,
                List.of(
                        new Part(ID, 1, content(), NOW, Optional.empty(), changes()),
                        new Part(ID, 0, content(), NOW.minusDays(1), Optional.empty(), List.of())));

        Document document =
                TestPages.render("announcements/show", Map.of("thread", thread, "policy", List.of(policy())), page);

        assertThat(document.select("h1").text()).isEqualTo("Database <maintenance>");
        assertThat(document.select("dl.said a").attr("href")).isEqualTo("https://example.org/now");
        assertThat(document.select("dl.changes del").text()).contains("Saturday");
        assertThat(document.select("time").text()).contains("22:00").contains("Europe/Berlin");
        assertThat(document.html()).doesNotContain("<script>alert");
    }

    /** ANN-13: the clock says that the end is past, and no more. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void saysThatTheEndIsNotConfirmedAndAsksHowItEnded_ANN13(String language) {
        Locale locale = Locale.forLanguageTag(language);
        PublicAnnouncement thread = new PublicAnnouncement(
                ID, Standing.UNCONFIRMED, List.of(new Part(ID, 0, content(), NOW, Optional.empty(), List.of())));
        Map<String, Object> parameters = workbench(view(AnnouncementState.PUBLISHED));
        parameters.put("unconfirmed", List.of(content().window().orElseThrow()));
        parameters.put("endable", true);

        Document shown = TestPages.render(
                "announcements/show", Map.of("thread", thread, "policy", List.of()), TestPages.anonymous(locale));
        Document staff =
                TestPages.render("announcements/workbench", parameters, TestPages.signedIn(locale, Role.ANNOUNCER));

        assertThat(shown.select(".notice-warning").text())
                .contains(
                        "01:30 (Europe/Berlin, UTC+01:00)",
                        language.equals("en") ? "not confirmed" : "nicht bestätigt");
        assertThat(staff.select("a[href=/staff/endings/" + ID.value() + "]")).isNotEmpty();
    }

    /** ANN-02: nothing on the page of what was called off speaks of a plan. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void whatWasCalledOffHasNoPlanOnItsPage_ANN02(String language) {
        PublicAnnouncement thread = new PublicAnnouncement(
                ID,
                Standing.CANCELLED,
                List.of(new Part(
                        ID,
                        1,
                        content().withOutcome(Optional.of(Outcome.CANCELLED)),
                        NOW,
                        Optional.empty(),
                        List.of())));

        Document shown = TestPages.render(
                "announcements/show",
                Map.of("thread", thread, "policy", List.of()),
                TestPages.anonymous(Locale.forLanguageTag(language)));

        assertThat(shown.select("main").text())
                .contains(language.equals("en") ? "Was announced for" : "War angekündigt für")
                .doesNotContainIgnoringCase("planned")
                .doesNotContainIgnoringCase("geplant");
    }

    /** One page for all three answers; in silence only with one more press. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void asksHowItEndedAndSaysWhoWillNotBeTold_ANN02(String language) {
        PageContext page = TestPages.signedIn(Locale.forLanguageTag(language), Role.ANNOUNCER);
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "view",
                view(AnnouncementState.PUBLISHED),
                "choices",
                new Endings.Choices(
                        List.of(Outcome.CANCELLED, Outcome.COMPLETED),
                        true,
                        true,
                        12,
                        content().window()),
                "form",
                Form.empty().fill("tell", "yes").fill("outcome", "completed").fill("finished", "2026-11-29T23:00"),
                "confirming",
                false,
                "twice",
                Map.of("finished", List.of("+02:00", "+01:00"), "until", List.of())));

        Document asking = TestPages.render("announcements/end", parameters, page);
        parameters.put("confirming", true);
        Document confirming = TestPages.render("announcements/end", parameters, page);

        assertThat(asking.select("input[name=outcome]")).hasSize(3);
        assertThat(asking.select("input[name=tell][checked]")).hasSize(1);
        assertThat(asking.select("select[name=finished-offset] option")).hasSize(3);
        assertThat(asking.select("input[name=confirmed]")).isEmpty();
        assertThat(confirming.select(".notice-danger").text()).contains("12");
        assertThat(confirming.select("input[name=outcome]").val()).isEqualTo("completed");
        assertThat(confirming.select("input[name=confirmed]")).hasSize(1);
    }

    /** ANN-12: a notice whose time was over is not "Published, Sent, Done". */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void saysThatNobodyWasTold_ANN12(String language) {
        Map<String, Object> parameters = workbench(view(AnnouncementState.PUBLISHED));
        parameters.put(
                "progress",
                List.of(new MailingProgress(
                        new MailingId(new UUID(6, 6)),
                        MailingState.FINISHED,
                        10,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Map.of(SkipReason.EXPIRED, 10L),
                        0,
                        NOW,
                        NOW,
                        Optional.of(NOW),
                        Optional.empty())));

        String text = TestPages.render(
                        "announcements/workbench",
                        parameters,
                        TestPages.signedIn(Locale.forLanguageTag(language), Role.ANNOUNCER))
                .select("main")
                .text();

        assertThat(text).contains(language.equals("en") ? "Nobody was told: for all 10" : "Für alle 10");
        assertThat(text).doesNotContain("Done", "Fertig");
    }

    /** While everything is stopped the page says so, and who may announce may stop and allow. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void saysThatAllSendingIsStopped_ANN14(String language) {
        PageContext page = TestPages.signedIn(Locale.forLanguageTag(language), Role.ANNOUNCER);
        Map<String, Object> parameters = workbench(view(AnnouncementState.PUBLISHED));
        parameters.put("allStopped", true);

        assertThat(TestPages.render("announcements/workbench", parameters, page)
                        .select(".notice-danger")
                        .text())
                .contains(language.equals("en") ? "All sending is stopped" : "Versand ist angehalten");
        Document overview = TestPages.render(
                "announcements/overview",
                Map.of(
                        "waiting",
                        List.of(),
                        "reviews",
                        List.of(),
                        "back",
                        List.of(view(AnnouncementState.DRAFT)),
                        "killSwitch",
                        true,
                        "stopped",
                        true),
                page);
        assertThat(overview.select("form[action=/staff/sending/allow]")).hasSize(1);
        assertThat(overview.text()).contains(language.equals("en") ? "Sent back to you" : "An Sie zurückgegeben");
    }

    /** REP-17, MBR-23: both offsets, how long, in UTC, and the reader's own time first. */
    @Test
    void tellsTheReadersOwnTimeFirstAndBothOffsets_REP17_MBR23() {
        Window autumn = new Window(
                OffsetDateTime.parse("2027-10-30T23:30:00Z"),
                Optional.of(OffsetDateTime.parse("2027-10-31T02:30:00Z")),
                ZoneId.of("Europe/Berlin"));

        assertThat(Words.whens(TestPages.anonymous(Locale.ENGLISH), autumn))
                .containsExactly(
                        "31 October 2027, 01:30 UTC+02:00 to 03:30 UTC+01:00 (Europe/Berlin), 3 hours",
                        "30 October 2027, 23:30 to 31 October 2027, 02:30 (UTC)");
        assertThat(Words.whens(TestPages.livesIn(ZoneId.of("America/New_York")), autumn))
                .startsWith("30 October 2027, 19:30 to 22:30 (your time, America/New_York, UTC-04:00), 3 hours")
                .hasSize(3);
        assertThat(Words.whens(TestPages.livesIn(ZoneId.of("Europe/Vienna")), autumn))
                .as("the same clock is told once")
                .hasSize(2);
        assertThat(Words.whens(TestPages.livesIn(ZoneId.of("Etc/UTC")), autumn))
                .hasSize(2)
                .startsWith("30 October 2027, 23:30 to 31 October 2027, 02:30 (your time, Etc/UTC), 3 hours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void listsOpenAndPast(String language) {
        PublicAnnouncement thread = new PublicAnnouncement(
                ID, Standing.COMPLETED, List.of(new Part(ID, 0, content(), NOW, Optional.of(NOW), List.of())));

        Document document = TestPages.render(
                "announcements/list",
                Map.of("open", List.of(), "past", List.of(thread)),
                TestPages.anonymous(Locale.forLanguageTag(language)));

        assertThat(document.select(".empty")).hasSize(1);
        assertThat(document.select(".entries a").attr("href")).isEqualTo("/announcements/" + ID.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void saysWhyItStoppedByItselfAndLetsItGoOn(String language) {
        Map<String, Object> parameters = workbench(view(AnnouncementState.PUBLISHED));
        parameters.put("stopped", List.of(StoppedMailing.of(MessageClass.SERVICE)));

        Document document = TestPages.render(
                "announcements/workbench",
                parameters,
                TestPages.signedIn(Locale.forLanguageTag(language), Role.ANNOUNCER));

        StoppedMailing.assertSaid(document, "/staff/announcements/" + ID.value() + "/resume");
    }

    @Test
    void offersTheRestWhenItWasStopped() {
        Map<String, Object> parameters = workbench(view(AnnouncementState.PUBLISHED));
        MailingProgress stopped = new MailingProgress(
                new MailingId(new UUID(6, 6)),
                MailingState.CANCELLED,
                10,
                4,
                0,
                1,
                0,
                0,
                Map.of(SkipReason.EXPIRED, 2L),
                0,
                NOW,
                NOW,
                Optional.of(NOW),
                Optional.empty());
        parameters.put("progress", List.of(stopped));
        PageContext page = TestPages.signedIn(Locale.ENGLISH, Role.ANNOUNCER);
        String path = "/staff/announcements/" + ID.value() + "/resend-rest";

        assertThat(TestPages.render("announcements/workbench", parameters, page).select("a[href=" + path + "]"))
                .hasSize(1);
        Document asking = TestPages.render(
                "announcements/resend", Map.of("view", view(AnnouncementState.PUBLISHED), "progress", stopped), page);
        assertThat(asking.select("main").text())
                .contains("6 have not been reached")
                .contains("For one it failed")
                .contains("For 2 the time was over")
                .contains("3 had not had their turn");
        assertThat(asking.select("main form[method=post][action=" + path + "] [name=_csrf]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void privacyOfficersSeeWhomItReachedAndAnnouncersDoNot(String language) {
        Locale locale = Locale.forLanguageTag(language);
        Map<String, Object> parameters = workbench(view(AnnouncementState.PUBLISHED));
        parameters.put(
                "progress",
                List.of(new MailingProgress(
                        new MailingId(new UUID(6, 6)),
                        MailingState.FINISHED,
                        1,
                        0,
                        0,
                        1,
                        0,
                        0,
                        Map.of(),
                        0,
                        NOW,
                        NOW,
                        Optional.of(NOW),
                        Optional.empty())));
        String path = "/staff/reached/" + ID.value();
        PageContext announcer = TestPages.signedIn(locale, Role.ANNOUNCER);
        PageContext officer = TestPages.signedIn(locale, Role.ANNOUNCER, Role.PRIVACY_OFFICER);
        Delivery failed = new Delivery(
                new MailingId(new UUID(6, 6)),
                new UUID(7, 7),
                DeliveryState.FAILED,
                NOW,
                1,
                false,
                Optional.of("mx:25"),
                Optional.of(Diagnostic.of("550 <b>no</b>")),
                Optional.empty(),
                Optional.empty());

        Document reached = TestPages.render(
                "announcements/reached",
                Map.of(
                        "view",
                        view(AnnouncementState.PUBLISHED),
                        "lines",
                        List.of(new DeliveryLine(failed, "ada@example.org", "Ada", "/staff/accounts/7")),
                        "state",
                        Optional.empty(),
                        "more",
                        false),
                officer);

        assertThat(TestPages.render("announcements/workbench", parameters, announcer)
                        .select("a[href=" + path + "]"))
                .isEmpty();
        assertThat(TestPages.render("announcements/workbench", parameters, officer)
                        .select("a[href=" + path + "]"))
                .hasSize(1);
        assertThat(reached.select("form[action=" + path + "/told] input[name=address]"))
                .as("was this address told? (ANN-07)")
                .hasSize(1);
        assertThat(reached.select("tbody a[href=/staff/accounts/7]").text()).isEqualTo("ada@example.org");
        assertThat(reached.select("tbody td").text()).contains("550 <b>no</b>");
        assertThat(reached.select("a[href=" + path + "/deliveries.csv]")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(AnnouncementState.class)
    void offersWhatTheStateAllows(AnnouncementState state) {
        Document document = TestPages.render(
                "announcements/workbench", workbench(view(state)), TestPages.signedIn(Locale.ENGLISH, Role.ANNOUNCER));

        String path = "/staff/announcements/" + ID.value();
        assertThat(!document.select("form[action=" + path + "/submit]").isEmpty())
                .isEqualTo(state == AnnouncementState.DRAFT);
        assertThat(!document.select("a[href=" + path + "/approve]").isEmpty())
                .isEqualTo(state == AnnouncementState.SUBMITTED);
        assertThat(!document.select("a[href=" + path + "/publish]").isEmpty())
                .isEqualTo(state == AnnouncementState.APPROVED);
        assertThat(!document.select("a[href=" + path + "/stop]").isEmpty())
                .as("asks first")
                .isEqualTo(state == AnnouncementState.PUBLISHED);
        assertThat(!document.select("a[href=" + path + "/discard]").isEmpty())
                .as("asks first")
                .isEqualTo(state == AnnouncementState.DRAFT);
        assertThat(document.select("form[action=" + path + "/stop], form[action=" + path + "/discard], form[action="
                        + path + "/close]"))
                .isEmpty();
        assertThat(document.select("iframe.mail-frame")).isNotEmpty();
    }

    @Test
    void approvalShowsTheDigestAndAsksForAReasonForEveryFinding() {
        Map<String, Object> parameters = new HashMap<>(workbench(view(AnnouncementState.SUBMITTED)));
        parameters.put("form", Form.empty());
        parameters.put("audience", new AudienceCount(12_480, Map.of()));

        Document document = TestPages.render(
                "announcements/approve", parameters, TestPages.signedIn(Locale.GERMAN, Role.ANNOUNCER));

        assertThat(document.select("input[name=digest]").attr("value")).isEqualTo("d".repeat(64));
        assertThat(document.select("input[name=finding-0]")).hasSize(1);
        assertThat(document.select("input[name=finding-1]"))
                .as("confirmed before")
                .isEmpty();
        assertThat(document.select("blockquote.finding mark").eachText()).containsExactly("50 % off", "20 %");
        assertThat(document.select("blockquote.finding").get(0).text()).isEqualTo("Premium, now <b>50 % off</b>.");
        assertThat(document.text()).contains("12.480 Konten");
    }

    /** ANN-01. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void approvalOfAPolicyShowsSummaryTextAndDifferenceInEachLanguage_ANN01(String language) {
        Map<String, Object> parameters = new HashMap<>(workbench(view(AnnouncementState.SUBMITTED)));
        parameters.put("form", Form.empty());
        parameters.put("audience", new AudienceCount(12, Map.of()));
        parameters.put(
                "parts",
                List.of(
                        part(Locale.ENGLISH, "Fewer logs.", "<h2>Logs</h2>"),
                        part(Locale.GERMAN, "Weniger Protokolle.", "<h2>Protokolle</h2>")));

        Document document = TestPages.render(
                "announcements/approve",
                parameters,
                TestPages.signedIn(Locale.forLanguageTag(language), Role.ANNOUNCER));

        assertThat(document.select("#policy-en, #policy-de")).hasSize(2);
        assertThat(document.select("main").text()).contains("Fewer logs.", "Weniger Protokolle.", "Protokolle");
        assertThat(document.select(".diff ins").text()).contains("new line");
        assertThat(document.select(".diff del").text()).contains("old line");
    }

    private static PolicyPart part(Locale language, String summary, String html) {
        return new PolicyPart(
                language,
                summary,
                html,
                1,
                List.of(
                        new DiffLine(DiffLine.Kind.REMOVED, "old line"),
                        new DiffLine(DiffLine.Kind.ADDED, "new line")));
    }

    /** REV-M4. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void anEmergencyCanBeStoppedFromItsPage_REVM4(String language) {
        Map<String, Object> all = workbench(view(AnnouncementState.PUBLISHED));
        Document document = TestPages.render(
                "announcements/emergency",
                Map.of(
                        "view",
                        view(AnnouncementState.PUBLISHED),
                        "sender",
                        "Ada",
                        "announcer",
                        false,
                        "now",
                        NOW.plusDays(2),
                        "progress",
                        all.get("progress")),
                TestPages.signedIn(Locale.forLanguageTag(language), Role.ADMINISTRATOR));

        assertThat(document.select("form[method=post][action=/staff/emergencies/" + ID.value() + "/stop]"))
                .hasSize(1);
        assertThat(document.select("main").text()).contains("Could not wait.", "Ada", "It is a share.");
        assertThat(document.select("a[href^=/staff/announcements/" + ID.value() + "]"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void publishingAsksForTheNumber(boolean emergency) {
        Document document = TestPages.render(
                "announcements/publish",
                Map.of(
                        "view",
                        view(AnnouncementState.APPROVED),
                        "form",
                        Form.empty(),
                        "emergency",
                        emergency,
                        "audience",
                        new AudienceCount(3, Map.of(SkipReason.DEACTIVATED, 2L)),
                        "leftOut",
                        Map.of("deactivated", 2L),
                        "month",
                        new MonthlyUse(4, 4),
                        "before",
                        List.of(view(AnnouncementState.PUBLISHED))),
                TestPages.signedIn(Locale.ENGLISH, Role.ANNOUNCER));

        assertThat(document.select("input[name=count]")).hasSize(1);
        assertThat(document.select("input[name=override]")).hasSize(1);
        assertThat(document.select("textarea[name=reason]")).hasSize(emergency ? 1 : 0);
        assertThat(document.select("input[name=finding-0]")).hasSize(emergency ? 1 : 0);
        assertThat(document.text()).contains("2 deactivated");
    }

    @ParameterizedTest
    @EnumSource(AnnouncementType.class)
    void everyTypeHasItsForm(AnnouncementType type) {
        Form form = AnnouncementForm.of(content())
                .fill("type", Words.kebab(type))
                .reject("en.what", "announcements.refused.missing");
        Document document = TestPages.render(
                "announcements/edit",
                Map.of(
                        "form",
                        form,
                        "type",
                        type,
                        "view",
                        List.of(),
                        "zones",
                        AnnouncementForm.zones(),
                        "policies",
                        Map.of(),
                        "languages",
                        Languages.ALL,
                        "undoMinutes",
                        10),
                TestPages.signedIn(Locale.ENGLISH, Role.ANNOUNCER));

        assertThat(document.select("input[name=start]"))
                .hasSize(type.policyKind().isEmpty() ? 1 : 0);
        assertThat(document.select("select[name=policy]"))
                .hasSize(type.policyKind().isEmpty() ? 0 : 1);
        assertThat(document.select("textarea[name=en.what]").attr("aria-invalid"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void deskAndTypesAndPartsOfOtherPages(String language) {
        PageContext page = TestPages.signedIn(Locale.forLanguageTag(language), Role.ANNOUNCER);
        List<AnnouncementView> views = List.of(view(AnnouncementState.DRAFT), view(AnnouncementState.PUBLISHED));

        assertThat(TestPages.render(
                                "announcements/desk",
                                Map.of("views", views, "month", new MonthlyUse(1, 4), "now", NOW),
                                page)
                        .select("tbody tr"))
                .hasSize(2);
        assertThat(TestPages.render("announcements/types", Map.of("types", List.of(AnnouncementType.values())), page)
                        .select(".card"))
                .hasSize(7);
        assertThat(TestPages.html(
                        "announcements/overview",
                        Map.of(
                                "waiting",
                                views,
                                "reviews",
                                List.of(view(AnnouncementState.PUBLISHED)),
                                "now",
                                NOW.plusDays(2),
                                "announcer",
                                true),
                        page))
                .contains("/staff/announcements", page.t("announcements.overview.overdue"));
        assertThat(TestPages.html(
                        "announcements/home",
                        Map.of("open", List.of(), "privacy", List.of(policy()), "upcoming", List.of(policy())),
                        page))
                .contains("/privacy");
    }

    @Test
    void showsWhoWasToldOfAPolicyVersion_P6() {
        PageContext page = TestPages.signedIn(Locale.ENGLISH, Role.ANNOUNCER);
        MailingProgress figures = new MailingProgress(
                new MailingId(new UUID(6, 6)),
                MailingState.FINISHED,
                1_240,
                1_234,
                0,
                2,
                0,
                0,
                Map.of(SkipReason.DEACTIVATED, 4L),
                0,
                NOW,
                NOW,
                Optional.of(NOW),
                Optional.empty());
        AnnouncementId announcement = new AnnouncementId(new UUID(7, 7));

        Document shown = TestPages.render(
                "announcements/policies",
                Map.of(
                        "versions",
                        List.of(policy()),
                        "kinds",
                        List.of(PolicyKind.PRIVACY),
                        "reach",
                        Map.of(policy().id(), new PolicyReach.Reach(announcement, Optional.of(figures)))),
                page);

        assertThat(shown.select("section li").text())
                .contains("1,234 accounts were told", "0 to go", "2 could not be reached", "account deactivated (4)");
        assertThat(shown.select("a[href=/staff/announcements/" + announcement.value() + "]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr"})
    void policyPages(String language) {
        PageContext page = TestPages.signedIn(Locale.forLanguageTag(language), Role.ANNOUNCER);
        Document shown = TestPages.render(
                "announcements/policy",
                Map.of(
                        "version",
                        policy(),
                        "current",
                        false,
                        "html",
                        "<h2>Logs</h2>",
                        "upcoming",
                        List.of(),
                        "history",
                        List.of(policy(), policy()),
                        "diff",
                        List.of(
                                new DiffLine(DiffLine.Kind.REMOVED, "old"),
                                new DiffLine(DiffLine.Kind.ADDED, "new"),
                                new DiffLine(DiffLine.Kind.SAME, "same"))),
                page);
        assertThat(shown.select(".prose h2").text()).isEqualTo("Logs");
        assertThat(shown.select(".diff ins")).hasSize(1);

        assertThat(TestPages.render(
                                "announcements/policies",
                                Map.of("versions", List.of(policy()), "kinds", List.of(PolicyKind.values())),
                                page)
                        .select("section"))
                .hasSize(2);
        PolicyVersion draft = new PolicyVersion(
                new PolicyVersionId(new UUID(5, 5)),
                7,
                PolicyKind.PRIVACY,
                3,
                LocalDate.parse("2027-01-01"),
                policy().texts(),
                Optional.empty(),
                Optional.empty());
        assertThat(TestPages.render(
                                "announcements/policyedit",
                                Map.of(
                                        "version",
                                        draft,
                                        "form",
                                        Form.empty(),
                                        "languages",
                                        List.of(Locale.ENGLISH, Locale.GERMAN),
                                        "noticeDays",
                                        30,
                                        "html",
                                        "<p>x</p>",
                                        "findings",
                                        List.of(FINDING),
                                        "unsaid",
                                        List.of(Locale.GERMAN)),
                                page)
                        .select("textarea"))
                .hasSize(4);
    }

    private static Map<String, Object> workbench(AnnouncementView view) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("view", view);
        parameters.put("names", Map.of(AUTHOR, "Ada"));
        parameters.put("mine", false);
        parameters.put("now", NOW);
        parameters.put(
                "progress",
                view.state() == AnnouncementState.PUBLISHED
                        ? List.of(new MailingProgress(
                                new MailingId(new UUID(6, 6)),
                                MailingState.RUNNING,
                                10,
                                4,
                                5,
                                1,
                                1,
                                0,
                                Map.of(),
                                2,
                                NOW,
                                NOW,
                                Optional.empty(),
                                Optional.of(Diagnostic.of("450 busy"))))
                        : List.of());
        parameters.put("stopped", List.of());
        parameters.put("thread", List.of(view, view));
        parameters.put("confirm", Form.empty());
        parameters.put("parts", List.of());
        return parameters;
    }

    private static AnnouncementView view(AnnouncementState state) {
        boolean published = state == AnnouncementState.PUBLISHED;
        Optional<Decision> step = state == AnnouncementState.DRAFT
                ? Optional.empty()
                : Optional.of(new Decision(AUTHOR, NOW, "because of it"));
        return new AnnouncementView(
                ID,
                3,
                ID,
                1,
                state,
                content(),
                Set.of(AUTHOR),
                NOW,
                state == AnnouncementState.DRAFT ? "" : "d".repeat(64),
                List.of(FINDING, CONFIRMED),
                Map.of(CONFIRMED.key(), "It is a share."),
                step,
                step,
                state == AnnouncementState.DRAFT
                        ? Optional.of(new Decision(AUTHOR, NOW, "Too long."))
                        : Optional.empty(),
                published ? step : Optional.empty(),
                published ? Optional.of(NOW.minusMinutes(5)) : Optional.empty(),
                published ? Optional.of(new MailingId(new UUID(6, 6))) : Optional.empty(),
                published ? Optional.of(10L) : Optional.empty(),
                published
                        ? Optional.of(new Emergency("Could not wait.", NOW.plusHours(1), Optional.empty()))
                        : Optional.empty(),
                Optional.empty(),
                changes());
    }

    private static List<Change> changes() {
        return List.of(
                new Change(Locale.ENGLISH, "When", "Saturday", "Sunday"),
                new Change(Locale.GERMAN, "Wann", "Samstag", "Sonntag"));
    }

    private static PolicyVersion policy() {
        return new PolicyVersion(
                new PolicyVersionId(new UUID(7, 7)),
                1,
                PolicyKind.PRIVACY,
                2,
                LocalDate.parse("2026-11-22"),
                Map.of(Locale.ENGLISH, new PolicyText("## Logs", "Fewer logs.")),
                Optional.of(NOW),
                Optional.of(ID));
    }

    private static AnnouncementContent content() {
        Map<Slot, String> texts = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            texts.put(slot, "Text of " + slot.key() + " <script>alert(1)</script>");
        }
        texts.put(Slot.HEADLINE, "Database <maintenance>");
        texts.put(Slot.WHAT, "See https://example.org/now.\n\nSecond paragraph.");
        return new AnnouncementContent(
                AnnouncementType.MAINTENANCE,
                SubjectPrefix.ACTION_REQUIRED,
                Optional.of(Window.in(
                        ZoneId.of("Europe/Berlin"),
                        LocalDateTime.parse("2026-11-29T22:00"),
                        Optional.of(LocalDateTime.parse("2026-11-30T01:30")))),
                Map.of(Locale.ENGLISH, new Wording(texts)),
                10,
                Optional.empty());
    }
}
