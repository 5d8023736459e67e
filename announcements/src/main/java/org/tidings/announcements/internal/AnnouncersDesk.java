package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementDesk;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementUnknown;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Caution;
import org.tidings.announcements.Change;
import org.tidings.announcements.ContentChangedSinceShown;
import org.tidings.announcements.ContentRejected;
import org.tidings.announcements.CountNotConfirmed;
import org.tidings.announcements.EditedMeanwhile;
import org.tidings.announcements.EmergencyNotAllowed;
import org.tidings.announcements.EmergencyNotReviewed;
import org.tidings.announcements.Finding;
import org.tidings.announcements.FindingsOpen;
import org.tidings.announcements.MonthlyLimitReached;
import org.tidings.announcements.NotInThisState;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.ReasonMissing;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Window;
import org.tidings.mail.Appearance;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Letter;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;
import org.tidings.mail.Outbox;
import org.tidings.mail.RenderedMail;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** The way of an announcement from a draft to everybody. */
@ApplicationScoped
@Transactional
class AnnouncersDesk implements AnnouncementDesk {

    static final int MIN_REASON = 10;
    private static final int MAX_REASON = 1_000;
    private static final int MONTH_DAYS = 30;
    private static final Duration LONGEST_DELIVERY = Duration.ofDays(5);
    private static final Duration TEST_EXPIRY = Duration.ofHours(1);
    private static final String OBJECT = "announcement";

    private final Announcements announcements;
    private final PolicyShelf policies;
    private final Mailings mailings;
    private final Outbox outbox;
    private final Accounts accounts;
    private final AuditLog audit;
    private final Settings settings;
    private final Clock clock;
    private final AnnouncersPost post;
    private final HonestyLint lint;
    private final AnnouncementMail mail;

    @SuppressWarnings("NullAway") // for the proxy
    AnnouncersDesk() {
        announcements = null;
        policies = null;
        mailings = null;
        outbox = null;
        accounts = null;
        audit = null;
        settings = null;
        clock = null;
        post = null;
        lint = null;
        mail = null;
    }

    @Inject
    AnnouncersDesk(
            @AnnouncementsDb EntityManager em,
            PolicyShelf policies,
            Mailings mailings,
            Outbox outbox,
            Accounts accounts,
            AuditLog audit,
            Settings settings,
            Clock clock,
            AnnouncersPost post) {
        this.announcements = new Announcements(em);
        this.policies = policies;
        this.mailings = mailings;
        this.outbox = outbox;
        this.accounts = accounts;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
        this.post = post;
        this.lint = new HonestyLint(settings.links());
        this.mail = new AnnouncementMail(settings);
    }

    @Override
    public AnnouncementView draft(AccountId author, AnnouncementContent content) {
        Validation.forDraft(content);
        Announcement draft = Announcement.draft(Ids.next(), content.withOutcome(Optional.empty()), author, now());
        announcements.add(draft);
        record(
                author,
                AnnouncementAction.DRAFT_ANNOUNCEMENT,
                draft,
                content.type().name());
        return view(draft);
    }

    @Override
    public AnnouncementView draftUpdate(AccountId author, AnnouncementId published) {
        Announcement named = announcements.take(published);
        List<Announcement> thread = announcements.thread(named.thread());
        Announcement last = thread.get(thread.size() - 1);
        if (last.state() != AnnouncementState.PUBLISHED) {
            // One update at a time: whoever wants another change works on the one that is being written.
            return view(last);
        }
        Announcement update = last.update(Ids.next(), last.sequence() + 1, author, now());
        announcements.add(update);
        record(
                author,
                AnnouncementAction.DRAFT_ANNOUNCEMENT_UPDATE,
                update,
                last.id().value().toString());
        return view(update);
    }

    @Override
    public AnnouncementView edit(AccountId editor, AnnouncementId id, long version, AnnouncementContent content) {
        Announcement announcement = announcements.take(id);
        if (announcement.version() != version) {
            throw new EditedMeanwhile();
        }
        if (announcement.sequence() > 0
                && content.type() != announcement.content().type()) {
            throw new ContentRejected(List.of(new ContentRejected.Problem("type", ContentRejected.Reason.NOT_ALLOWED)));
        }
        Validation.forDraft(content);
        // How something ended is not a matter of wording: it is what the update was begun for.
        announcement.edit(content.withOutcome(announcement.content().outcome()), editor, now());
        announcements.flush();
        record(editor, AnnouncementAction.EDIT_ANNOUNCEMENT, announcement, "");
        return view(announcement);
    }

    @Override
    public void discard(AccountId by, AnnouncementId id) {
        Announcement announcement = announcements.take(id);
        if (announcement.state() == AnnouncementState.PUBLISHED) {
            throw new NotInThisState(announcement.state().name());
        }
        announcements.remove(announcement);
        record(by, AnnouncementAction.DISCARD_ANNOUNCEMENT, announcement, "");
    }

    @Override
    public AnnouncementView submit(AccountId by, AnnouncementId id) {
        Announcement announcement = announcements.take(id);
        requireReady(announcement, announcement.content().undoMinutes());
        requireNone(HonestyLint.unconfirmable(findings(announcement)));
        announcement.submit(by, digest(announcement), now());
        announcements.flush();
        record(by, AnnouncementAction.SUBMIT_ANNOUNCEMENT, announcement, announcement.digest());
        post.waits(announcement);
        return view(announcement);
    }

    @Override
    public AnnouncementView approve(AccountId by, AnnouncementId id, String digest, Map<String, String> reasons) {
        Announcement announcement = announcements.take(id);
        if (announcement.state() != AnnouncementState.SUBMITTED) {
            throw new NotInThisState(announcement.state().name());
        }
        requireUnchanged(announcement, digest);
        Map<Finding, String> kept = confirmed(announcement, reasons);
        announcement.approve(by, kept, now());
        announcements.flush();
        record(
                by,
                AnnouncementAction.APPROVE_ANNOUNCEMENT,
                announcement,
                digest + " findings confirmed: " + kept.size());
        post.approved(announcement, by);
        return view(announcement);
    }

    @Override
    public AnnouncementView reject(AccountId by, AnnouncementId id, String reason) {
        String why = required(reason);
        Announcement announcement = announcements.take(id);
        announcement.reject(by, why, now());
        announcements.flush();
        record(by, AnnouncementAction.REJECT_ANNOUNCEMENT, announcement, why);
        post.sentBack(announcement, by, why);
        return view(announcement);
    }

    @Override
    public AudienceCount audience(AnnouncementId id) {
        return count(announcements.find(id).orElseThrow(AnnouncementUnknown::new));
    }

    private AudienceCount count(Announcement announcement) {
        return mailings.count(
                AllAccounts.NAME,
                new AudienceQuery(
                        announcement.content().type().mailKind(),
                        announcement.id().value(),
                        now()));
    }

    @Override
    public MonthlyUse monthlyUse() {
        return new MonthlyUse(announcements.publishedSince(now().minusDays(MONTH_DAYS)), settings.monthlyLimit());
    }

    @Override
    public AnnouncementView publish(AccountId by, AnnouncementId id, long typedCount, Optional<String> overrideReason) {
        Announcement announcement = announcements.take(id);
        if (announcement.state() != AnnouncementState.APPROVED) {
            throw new NotInThisState(announcement.state().name());
        }
        requireReady(announcement, announcement.content().undoMinutes());
        requireUnchanged(announcement, announcement.digest());
        long count = confirmed(announcement, typedCount);
        withinLimit(announcement, overrideReason);
        OffsetDateTime now = now();
        OffsetDateTime publicFrom = now.plusMinutes(announcement.content().undoMinutes());
        Optional<Outcome> tells = outcome(announcement);
        announcement.publish(by, start(announcement, count, publicFrom), count, now, publicFrom);
        onItsWay(announcement, tells);
        announcement
                .content()
                .policyVersion()
                .ifPresent(policy -> policies.publishWith(by, policy, announcement.id(), publicFrom));
        announcements.flush();
        record(
                by,
                AnnouncementAction.PUBLISH_ANNOUNCEMENT,
                announcement,
                announcement.digest() + " recipients: " + count);
        return view(announcement);
    }

    @Override
    public AnnouncementView publishInEmergency(
            AccountId by,
            AnnouncementId id,
            long typedCount,
            String reason,
            Map<String, String> findingReasons,
            Optional<String> overrideReason) {
        Announcement announcement = announcements.take(id);
        if (!announcement.content().type().emergencyAllowed()) {
            throw new EmergencyNotAllowed();
        }
        String why = required(reason);
        requireReady(announcement, 0);
        requireTurn(announcement);
        Map<Finding, String> kept = confirmed(announcement, findingReasons);
        long count = confirmed(announcement, typedCount);
        withinLimit(announcement, overrideReason);
        OffsetDateTime now = now();
        Optional<Outcome> tells = outcome(announcement);
        announcement.publishInEmergency(
                by, digest(announcement), start(announcement, count, now), count, why, kept, now);
        onItsWay(announcement, tells);
        announcements.flush();
        post.emergency(announcement, by, count, why);
        record(
                by,
                AnnouncementAction.PUBLISH_ANNOUNCEMENT_IN_EMERGENCY,
                announcement,
                "EMERGENCY " + announcement.digest() + " recipients: " + count + " findings confirmed: " + kept.size()
                        + " reason: " + why);
        return view(announcement);
    }

    @Override
    public AnnouncementView review(AccountId by, AnnouncementId id, String judgement) {
        String text = required(judgement);
        Announcement announcement = announcements.take(id);
        announcement.review(by, text, now());
        announcements.flush();
        record(by, AnnouncementAction.REVIEW_ANNOUNCEMENT, announcement, text);
        return view(announcement);
    }

    @Override
    public AnnouncementView stop(AccountId by, AnnouncementId id) {
        Announcement announcement = announcements.take(id);
        boolean nobodyGotIt = mailings.cancel(mailingOf(announcement));
        boolean inTime =
                nobodyGotIt && announcement.publishedAt().map(now()::isBefore).orElse(false);
        if (inTime) {
            // The ending that it told is what it was begun for, and stays so.
            announcement.content().policyVersion().ifPresent(policy -> policies.takeBack(by, policy));
            announcement.takeBack();
        }
        announcements.flush();
        record(
                by,
                AnnouncementAction.STOP_ANNOUNCEMENT,
                announcement,
                inTime ? "within the undo window" : "rest not sent");
        return view(announcement);
    }

    @Override
    public AnnouncementView resume(AccountId by, AnnouncementId id) {
        Announcement announcement = announcements.take(id);
        mailings.resume(mailingOf(announcement));
        record(by, AnnouncementAction.RESUME_ANNOUNCEMENT, announcement, "");
        return view(announcement);
    }

    @Override
    public AnnouncementView resendToRest(AccountId by, AnnouncementId id) {
        Announcement announcement = announcements.take(id);
        if (overSince(announcement)) {
            throw new NotInThisState(Announcement.ENDED);
        }
        long again = mailings.resendToRest(mailingOf(announcement), expiresAt(announcement, now()));
        record(by, AnnouncementAction.RESEND_ANNOUNCEMENT_TO_REST, announcement, Long.toString(again));
        return view(announcement);
    }

    private static MailingId mailingOf(Announcement announcement) {
        return announcement
                .mailing()
                .orElseThrow(() -> new NotInThisState(announcement.state().name()));
    }

    @Override
    public List<AnnouncementView> unreviewed() {
        return announcements.unreviewed().stream().map(this::view).toList();
    }

    @Override
    public Optional<AnnouncementView> find(AnnouncementId id) {
        return announcements.find(id).map(this::view);
    }

    @Override
    public List<AnnouncementView> newest(int limit) {
        return announcements.newest(limit).stream().map(this::view).toList();
    }

    @Override
    public List<AnnouncementView> page(Optional<AnnouncementId> cursor, int limit) {
        return announcements.page(cursor, limit).stream().map(this::view).toList();
    }

    @Override
    public List<AnnouncementView> thread(AnnouncementId thread) {
        return announcements.thread(thread).stream().map(this::view).toList();
    }

    @Override
    public List<Finding> lint(AnnouncementContent content) {
        return lint.findings(content);
    }

    @Override
    public RenderedMail mail(AnnouncementId id, Locale language) {
        Announcement announcement = announcements.find(id).orElseThrow(AnnouncementUnknown::new);
        AnnouncementContent content = announcement.content();
        return announcement
                .sent(content.languageFor(language))
                .orElseGet(() -> rendered(announcement, mail.in(language, content, context(announcement))));
    }

    private RenderedMail rendered(Announcement announcement, MailingContent content) {
        return mailings.preview(
                announcement.content().type().mailKind(), content, Map.of("name", ""), Appearance.AS_SET);
    }

    @Override
    public List<Caution> cautions(AnnouncementId id) {
        Announcement announcement = announcements.find(id).orElseThrow(AnnouncementUnknown::new);
        return announcement.state() == AnnouncementState.PUBLISHED ? List.of() : Cautions.of(announcement, now());
    }

    @Override
    public void sendTest(AccountId announcer, AnnouncementId id, Locale language) {
        Announcement announcement = announcements.find(id).orElseThrow(AnnouncementUnknown::new);
        AccountView reader = accounts.find(announcer).orElseThrow(AnnouncementUnknown::new);
        MailingContent content = mail.in(language, announcement.content(), context(announcement));
        Texts texts = Texts.in(announcement.content().languageFor(language));
        outbox.post(new Letter(
                MailKind.ANNOUNCEMENT_TEST,
                "announcement-test",
                AllAccounts.REALM,
                announcer.value(),
                reader.address(),
                reader.name(),
                texts.text("mail.subject.test", content.subject()),
                content.body(),
                Map.of("name", reader.name()),
                now().plus(TEST_EXPIRY),
                Optional.empty()));
        record(announcer, AnnouncementAction.TEST_ANNOUNCEMENT, announcement, language.getLanguage());
    }

    @Override
    public int undoMinutes() {
        return settings.undoMinutes();
    }

    private MailingId start(Announcement announcement, long count, OffsetDateTime notBefore) {
        AnnouncementContent content = announcement.content();
        List<MailingContent> mails = mail.inAllLanguages(content, context(announcement));
        return mailings.start(new MailingOrder(
                content.type().mailKind(),
                AllAccounts.NAME,
                announcement.id().value(),
                mails.get(0).subject(),
                mails,
                count,
                notBefore,
                expiresAt(announcement, notBefore),
                Optional.empty(),
                firstMailing(announcement)));
    }

    /** What was announced before is not told to anybody any more once it is told how it ended. */
    private void onItsWay(Announcement announcement, Optional<Outcome> tells) {
        Map<Locale, RenderedMail> sent = new LinkedHashMap<>();
        mail.inAllLanguages(announcement.content(), context(announcement, tells))
                .forEach(content -> sent.put(content.body().language(), rendered(announcement, content)));
        announcement.keepSent(sent);
        announcement.tell(tells);
        if (tells.isPresent()) {
            announcements.thread(announcement.thread()).stream()
                    .filter(earlier -> earlier.sequence() < announcement.sequence())
                    .flatMap(earlier -> earlier.mailing().stream())
                    .filter(earlier -> mailings.progress(earlier)
                            .map(MailingProgress::live)
                            .orElse(false))
                    .forEach(mailings::cancel);
        }
    }

    /** What an update tells: what it was begun for, or what was said meanwhile of the thread. An ending is not taken back. */
    private Optional<Outcome> outcome(Announcement announcement) {
        Optional<Outcome> own = announcement.content().outcome();
        return own.isPresent() || announcement.sequence() == 0
                ? own
                : announcements.thread(announcement.thread()).stream()
                        .filter(earlier -> earlier.sequence() < announcement.sequence())
                        .flatMap(earlier -> earlier.outcome().stream())
                        .findFirst();
    }

    /** Whether the end was said by somebody later than this one, or without a mail. */
    private boolean overSince(Announcement announcement) {
        return announcements.thread(announcement.thread()).stream()
                .anyMatch(other -> other.closedAt().isPresent()
                        || (other.sequence() > announcement.sequence()
                                && other.outcome().isPresent()));
    }

    /** How the thread ended, for a part that is published. */
    private Optional<Outcome> ended(Announcement announcement) {
        return announcement.state() != AnnouncementState.PUBLISHED
                ? Optional.empty()
                : announcements.thread(announcement.thread()).stream()
                        .flatMap(part -> part.outcome().stream())
                        .reduce((earlier, later) -> later);
    }

    /** Nobody is told of a maintenance that is over; that it is over is told. */
    private OffsetDateTime expiresAt(Announcement announcement, OffsetDateTime from) {
        AnnouncementContent content = announcement.content();
        OffsetDateTime expiresAt = from.plus(LONGEST_DELIVERY);
        Optional<OffsetDateTime> end = content.type() == AnnouncementType.MAINTENANCE
                        && outcome(announcement).isEmpty()
                ? content.window().flatMap(Window::end)
                : Optional.empty();
        return end.filter(expiresAt::isAfter).orElse(expiresAt);
    }

    /** The first notice of the thread: mails of updates answer it (SVC-10). */
    private Optional<MailingId> firstMailing(Announcement announcement) {
        return announcement.sequence() == 0
                ? Optional.empty()
                : announcements.thread(announcement.thread()).stream()
                        .flatMap(earlier -> earlier.mailing().stream())
                        .findFirst();
    }

    private List<Finding> findings(Announcement announcement) {
        AnnouncementContent content = announcement.content();
        return lint.findings(content, policy(content), formerPolicy(content));
    }

    /**
     * Every finding with the reason why it stands: the one given, or one from before for the same sentence.
     *
     * @throws FindingsOpen where there is none, or none can be
     */
    private Map<Finding, String> confirmed(Announcement announcement, Map<String, String> given) {
        Map<String, String> reasons = new HashMap<>(earlierReasons(announcement));
        given.forEach((key, reason) -> {
            if (!reason.isBlank()) {
                reasons.put(key, reason);
            }
        });
        List<Finding> findings = findings(announcement);
        requireNone(HonestyLint.open(findings, reasons, MIN_REASON));
        Map<Finding, String> confirmed = new HashMap<>();
        findings.forEach(finding -> confirmed.put(finding, shortened(reasons.getOrDefault(finding.key(), ""))));
        return confirmed;
    }

    /** What a second person confirmed once in a thread stays confirmed there. */
    private Map<String, String> earlierReasons(Announcement announcement) {
        Map<String, String> reasons = new HashMap<>();
        if (announcement.sequence() > 0) {
            announcements.thread(announcement.thread()).stream()
                    .filter(other -> other.sequence() < announcement.sequence() && other.reasonsHold())
                    .forEach(other -> reasons.putAll(other.reasons()));
        }
        reasons.putAll(announcement.reasons());
        return reasons;
    }

    private void requireTurn(Announcement announcement) {
        announcements.takeEmergencyTurn();
        announcements.unreviewed().stream()
                .filter(open -> !open.thread().equals(announcement.thread()))
                .findFirst()
                .ifPresent(open -> {
                    throw new EmergencyNotReviewed(
                            open.id(), open.content().wording(Locale.ENGLISH).text(Slot.HEADLINE));
                });
    }

    private void requireReady(Announcement announcement, int undoMinutes) {
        AnnouncementContent content = announcement.content().withOutcome(outcome(announcement));
        Validation.forSubmission(content, settings, undoMinutes, now());
        if (announcement.sequence() == 0) {
            content.type().policyKind().ifPresent(kind -> policies.requireReady(kind, content));
        }
    }

    private void requireUnchanged(Announcement announcement, String shown) {
        if (!announcement.digest().equals(shown) || !digest(announcement).equals(shown)) {
            throw new ContentChangedSinceShown();
        }
    }

    private static void requireNone(List<Finding> open) {
        if (!open.isEmpty()) {
            throw new FindingsOpen(open);
        }
    }

    /** People come and go while the number is typed: one in a hundred is near enough. */
    private long confirmed(Announcement announcement, long typed) {
        long count = count(announcement).recipients();
        if (Math.abs(typed - count) > count / 100) {
            throw new CountNotConfirmed();
        }
        return count;
    }

    private void withinLimit(Announcement announcement, Optional<String> overrideReason) {
        // That something ended is owed to everybody who was told of it.
        if (outcome(announcement).isPresent() || !monthlyUse().reached()) {
            return;
        }
        String reason = overrideReason.map(String::strip).orElse("");
        if (reason.length() < MIN_REASON) {
            throw new MonthlyLimitReached();
        }
        announcement.overrideLimit(shortened(reason));
    }

    private String digest(Announcement announcement) {
        AnnouncementContent content = announcement.content().withOutcome(outcome(announcement));
        return ContentDigest.of(content, policy(content), mail.inAllLanguages(content, context(announcement)));
    }

    private AnnouncementMail.Context context(Announcement announcement) {
        return context(announcement, outcome(announcement));
    }

    private AnnouncementMail.Context context(Announcement announcement, Optional<Outcome> tells) {
        AnnouncementContent content = announcement.content();
        return new AnnouncementMail.Context(
                announcement.thread(),
                announcement.sequence(),
                announcement.sequence() + closings(announcement),
                changes(announcement),
                policy(content),
                formerPolicy(content),
                tells,
                announcement.editedAt());
    }

    private int closings(Announcement announcement) {
        return announcement.sequence() == 0
                ? 0
                : (int) announcements.thread(announcement.thread()).stream()
                        .filter(earlier -> earlier.sequence() < announcement.sequence()
                                && earlier.closedAt().isPresent())
                        .count();
    }

    private Optional<PolicyVersion> policy(AnnouncementContent content) {
        return content.policyVersion().flatMap(policies::find);
    }

    private Optional<PolicyVersion> formerPolicy(AnnouncementContent content) {
        return policy(content).flatMap(version -> policies.published(version.kind(), version.number() - 1));
    }

    private List<Change> changes(Announcement announcement) {
        if (announcement.sequence() == 0) {
            return List.of();
        }
        List<Announcement> before = new ArrayList<>(announcements.thread(announcement.thread()));
        before.removeIf(
                other -> other.sequence() >= announcement.sequence() || other.state() != AnnouncementState.PUBLISHED);
        return before.isEmpty()
                ? List.of()
                : Changes.between(
                        before.get(before.size() - 1).asItStands(),
                        announcement.content().withOutcome(outcome(announcement)));
    }

    private AnnouncementView view(Announcement announcement) {
        AnnouncementContent content = announcement.content();
        boolean sent = announcement.state() == AnnouncementState.PUBLISHED;
        List<Finding> findings = sent ? announcement.confirmed() : findings(announcement);
        Map<String, String> reasons = sent ? announcement.reasons() : earlierReasons(announcement);
        return new AnnouncementView(
                announcement.id(),
                announcement.version(),
                announcement.thread(),
                announcement.sequence(),
                announcement.state(),
                content,
                announcement.contributors(),
                announcement.editedAt(),
                announcement.digest(),
                findings,
                Map.copyOf(reasons),
                announcement.submitted(),
                announcement.approved(),
                announcement.rejected(),
                announcement.published(),
                announcement.publishedAt(),
                announcement.mailing(),
                announcement.audienceCount(),
                announcement.emergency(),
                ended(announcement),
                changes(announcement));
    }

    private static String required(String reason) {
        if (reason.strip().length() < MIN_REASON) {
            throw new ReasonMissing();
        }
        return shortened(reason.strip());
    }

    private static String shortened(String reason) {
        String plain = reason.strip();
        return plain.codePointCount(0, plain.length()) <= MAX_REASON
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, MAX_REASON));
    }

    private void record(AccountId by, AuditAction action, Announcement announcement, String detail) {
        audit.record(by, action, OBJECT, announcement.id().value(), detail);
        accounts.find(by).ifPresent(decider -> announcements.keepName(announcement.id(), decider));
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
