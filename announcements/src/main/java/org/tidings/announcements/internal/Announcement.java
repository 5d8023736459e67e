package org.tidings.announcements.internal;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.NotInThisState.Where;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementView.Decision;
import org.tidings.announcements.AnnouncementView.Emergency;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.mail.MailingId;
import org.tidings.mail.RenderedMail;

/**
 * One announcement: written as a draft, submitted, approved by a second person over the digest of exactly what will be sent,
 * published. Any edit leads back to the draft and voids what was approved. Published, it never changes; what changed in the
 * world is told by an update, which is an announcement of its own in the same thread, or by closing it.
 *
 * <p>What was done with it is a {@link Step} each, by whom, when and in which words; a step that is void is gone, and the audit log knows
 * it. On the row itself is only what it says, and what lists sort and filter by.
 *
 * <p>Always holds: approved or reviewed by nobody who had a hand in it; public from {@code publishedAt} on, which is the end
 * of the undo window, and until then it can be taken back as if it had never been sent.
 *
 * <p>Ids that may be missing are kept as text: EclipseLink 4 neither reads nor writes a UUID that is null, nor one in a
 * collection on PostgreSQL.
 */
@Entity
@Table(name = "announcement", schema = "announcements")
class Announcement {

    private static final int REVIEW_HOURS = 24;

    @Id
    private UUID id;

    @Version
    private long version;

    private UUID thread;

    @Column(name = "sequence_number")
    private int sequence;

    @Enumerated(EnumType.STRING)
    private AnnouncementType type;

    @Enumerated(EnumType.STRING)
    private SubjectPrefix prefix;

    @Enumerated(EnumType.STRING)
    private AnnouncementState state;

    @Column(name = "starts_at")
    private @Nullable OffsetDateTime startsAt;

    @Column(name = "ends_at")
    private @Nullable OffsetDateTime endsAt;

    @Column(name = "time_zone")
    private @Nullable String timeZone;

    @Column(name = "undo_minutes")
    private int undoMinutes;

    @Column(name = "policy_version")
    private @Nullable String policyVersion;

    @ElementCollection
    @CollectionTable(
            name = "announcement_wording",
            schema = "announcements",
            joinColumns = @JoinColumn(name = "announcement"))
    @MapKeyColumn(name = "language")
    private Map<String, WordingRow> wordings = new HashMap<>();

    @ElementCollection
    @CollectionTable(
            name = "announcement_contributor",
            schema = "announcements",
            joinColumns = @JoinColumn(name = "announcement"))
    @Column(name = "account")
    private Set<String> contributors = new HashSet<>();

    @ElementCollection
    @CollectionTable(
            name = "announcement_step",
            schema = "announcements",
            joinColumns = @JoinColumn(name = "announcement"))
    @MapKeyColumn(name = "step")
    @MapKeyEnumerated(EnumType.STRING)
    private Map<Step.Kind, StepRow> steps = new HashMap<>();

    @ElementCollection
    @CollectionTable(
            name = "announcement_reason",
            schema = "announcements",
            joinColumns = @JoinColumn(name = "announcement"))
    @MapKeyColumn(name = "finding")
    private Map<String, ReasonRow> reasons = new HashMap<>();

    @ElementCollection
    @CollectionTable(
            name = "announcement_sent",
            schema = "announcements",
            joinColumns = @JoinColumn(name = "announcement"))
    @MapKeyColumn(name = "language")
    private Map<String, SentMail> sent = new HashMap<>();

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "edited_at")
    private OffsetDateTime editedAt;

    private @Nullable String digest;

    /** What the public lists go by; steps before it are staff's matter. */
    @Column(name = "published_at")
    private @Nullable OffsetDateTime publishedAt;

    private @Nullable String mailing;

    @Column(name = "audience_count")
    private @Nullable Long audienceCount;

    /** While a review is owed. */
    @Column(name = "review_due_at")
    private @Nullable OffsetDateTime reviewDueAt;

    @Enumerated(EnumType.STRING)
    private @Nullable Outcome outcome;

    @Column(name = "closed_at")
    private @Nullable OffsetDateTime closedAt;

    @Column(name = "finished_at")
    private @Nullable OffsetDateTime finishedAt;

    /** The outcome that this one tells; {@link #outcome} is what was said without a mail. */
    @Enumerated(EnumType.STRING)
    private @Nullable Outcome ending;

    @Column(name = "discarded_at")
    private @Nullable OffsetDateTime discardedAt;

    private boolean sample;

    @SuppressWarnings("NullAway")
    protected Announcement() {}

    @SuppressWarnings("NullAway")
    private Announcement(UUID id, UUID thread, int sequence, OffsetDateTime at) {
        this.id = id;
        this.thread = thread;
        this.sequence = sequence;
        this.createdAt = at;
        this.editedAt = at;
        this.state = AnnouncementState.DRAFT;
    }

    static Announcement draft(UUID id, AnnouncementContent content, AccountId author, OffsetDateTime at) {
        Announcement draft = new Announcement(id, id, 0, at);
        draft.edit(content, author, at);
        return draft;
    }

    /** A draft of the next announcement in this thread, with what stands here. */
    Announcement update(UUID updateId, int nextSequence, AccountId author, OffsetDateTime at) {
        requireState(AnnouncementState.PUBLISHED);
        if (sample) {
            // Nobody got a mail that an update could answer, and removing the samples must leave nothing behind.
            throw new NotInThisState(Where.SAMPLE);
        }
        Announcement update = new Announcement(updateId, thread, nextSequence, at);
        update.edit(asItStands().withoutPolicy().withOutcome(outcome()), author, at);
        return update;
    }

    static Announcement sample(UUID id, AnnouncementContent content, OffsetDateTime at) {
        Announcement sample = new Announcement(id, id, 0, at);
        sample.hold(content);
        sample.state = AnnouncementState.PUBLISHED;
        sample.publishedAt = at;
        sample.sample = true;
        return sample;
    }

    void edit(AnnouncementContent content, AccountId editor, OffsetDateTime at) {
        requireNotPublished();
        hold(content);
        contributors.add(editor.value().toString());
        editedAt = at;
        backToDraft();
    }

    /** As good as gone; what was decided about it is void. */
    void discard(OffsetDateTime at) {
        requireNotPublished();
        backToDraft();
        discardedAt = at;
        editedAt = at;
    }

    void bringBack(OffsetDateTime at) {
        discardedAt = null;
        editedAt = at;
    }

    void submit(AccountId by, String contentDigest, OffsetDateTime at) {
        requireState(AnnouncementState.DRAFT);
        contributors.add(by.value().toString());
        digest = contentDigest;
        isVoid(Step.Kind.REJECTED);
        taken(Step.by(by, Step.Kind.SUBMITTED, at, ""));
        state = AnnouncementState.SUBMITTED;
    }

    void approve(AccountId by, Map<Finding, String> confirmed, OffsetDateTime at) {
        requireState(AnnouncementState.SUBMITTED);
        requireSecondPerson(by);
        ReasonRow.write(reasons, confirmed);
        taken(Step.by(by, Step.Kind.APPROVED, at, ""));
        state = AnnouncementState.APPROVED;
    }

    void reject(AccountId by, String reason, OffsetDateTime at) {
        if (state != AnnouncementState.SUBMITTED) {
            requireState(AnnouncementState.APPROVED);
        }
        backToDraft();
        taken(Step.by(by, Step.Kind.REJECTED, at, reason));
    }

    void publish(AccountId by, GoingOut out) {
        requireState(AnnouncementState.APPROVED);
        onItsWay(by, out);
    }

    /** @param confirmed by who sends it alone; they count in the thread once a second person has reviewed it */
    void publishInEmergency(
            AccountId by, GoingOut out, String contentDigest, String reason, Map<Finding, String> confirmed) {
        requireNotPublished();
        ReasonRow.write(reasons, confirmed);
        contributors.add(by.value().toString());
        isVoid(Step.Kind.APPROVED);
        digest = contentDigest;
        taken(Step.by(by, Step.Kind.EMERGENCY, out.at(), reason));
        reviewDueAt = out.at().plusHours(REVIEW_HOURS);
        onItsWay(by, out);
    }

    private void onItsWay(AccountId by, GoingOut out) {
        taken(Step.by(by, Step.Kind.PUBLISHED, out.at(), out.beyondLimit()));
        publishedAt = out.publicFrom();
        mailing = out.mailing().value().toString();
        audienceCount = out.count();
        state = AnnouncementState.PUBLISHED;
    }

    void review(AccountId by, String text, OffsetDateTime at) {
        requireState(AnnouncementState.PUBLISHED);
        if (reviewDueAt == null) {
            throw new NotInThisState(Where.NO_REVIEW_DUE);
        }
        requireSecondPerson(by);
        reviewDueAt = null;
        taken(Step.by(by, Step.Kind.REVIEWED, at, text));
    }

    /** Keeps the mails as they go out, and what they tell: what it was begun for, or what was said of the thread meanwhile. */
    void keepSent(Map<Locale, RenderedMail> mails, Optional<Outcome> tells) {
        mails.forEach((language, mail) -> sent.put(language.getLanguage(), new SentMail(mail)));
        ending = tells.orElse(null);
    }

    /** Within the undo window only: as if it had never been published. */
    void takeBack() {
        requireState(AnnouncementState.PUBLISHED);
        sent.clear();
        isVoid(Step.Kind.PUBLISHED);
        publishedAt = null;
        mailing = null;
        audienceCount = null;
        backToDraft();
    }

    /** @param finished when it was over; empty for what was cancelled or has no window */
    void close(Outcome how, OffsetDateTime at, Optional<OffsetDateTime> finished) {
        requireState(AnnouncementState.PUBLISHED);
        if (outcome().isPresent()) {
            throw new NotInThisState(Where.ENDED);
        }
        outcome = how;
        closedAt = at;
        finishedAt = finished.orElse(null);
    }

    void reminded(OffsetDateTime at) {
        taken(Step.byItself(Step.Kind.REMINDED, at));
    }

    private void hold(AnnouncementContent content) {
        type = content.type();
        prefix = content.prefix();
        startsAt = content.window().map(Window::start).orElse(null);
        endsAt = content.window().flatMap(Window::end).orElse(null);
        timeZone = content.window().map(window -> window.zone().getId()).orElse(null);
        undoMinutes = content.undoMinutes();
        policyVersion = content.policyVersion().map(id -> id.value().toString()).orElse(null);
        ending = content.outcome().orElse(null);
        WordingRow.write(wordings, content);
    }

    // Reasons stay: they are of sentences, and who reads it next is not asked again for those that have not changed.
    private void backToDraft() {
        state = AnnouncementState.DRAFT;
        digest = null;
        isVoid(Step.Kind.SUBMITTED, Step.Kind.APPROVED);
    }

    private void taken(Step step) {
        steps.put(step.kind(), new StepRow(step));
    }

    private void isVoid(Step.Kind... kinds) {
        Arrays.asList(kinds).forEach(steps::remove);
    }

    private void requireSecondPerson(AccountId by) {
        if (contributors.contains(by.value().toString())) {
            throw new AnnouncementRefused(Reason.AUTHOR_CANNOT_APPROVE);
        }
    }

    void requireState(AnnouncementState wanted) {
        if (state != wanted) {
            throw new NotInThisState(state);
        }
    }

    private void requireNotPublished() {
        if (state == AnnouncementState.PUBLISHED) {
            throw new NotInThisState(state);
        }
    }

    AnnouncementId id() {
        return new AnnouncementId(id);
    }

    long version() {
        return version;
    }

    AnnouncementId thread() {
        return new AnnouncementId(thread);
    }

    int sequence() {
        return sequence;
    }

    AnnouncementState state() {
        return state;
    }

    /** The step of this kind that holds. */
    Optional<Step> last(Step.Kind kind) {
        return Optional.ofNullable(steps.get(kind)).map(row -> row.step(kind));
    }

    /** By whom it was taken; empty where nobody has, or where it is void. */
    Optional<Decision> decision(Step.Kind kind) {
        return last(kind).flatMap(Step::decision);
    }

    boolean has(Step.Kind kind) {
        return steps.containsKey(kind);
    }

    Optional<Emergency> emergency() {
        return last(Step.Kind.EMERGENCY)
                .map(sent ->
                        new Emergency(sent.words(), sent.at().plusHours(REVIEW_HOURS), decision(Step.Kind.REVIEWED)));
    }

    AnnouncementContent content() {
        Optional<Window> window = startsAt == null || timeZone == null
                ? Optional.empty()
                : Optional.of(new Window(startsAt, Optional.ofNullable(endsAt), ZoneId.of(timeZone)));
        return new AnnouncementContent(
                type,
                prefix,
                window,
                WordingRow.read(wordings),
                undoMinutes,
                Optional.ofNullable(policyVersion).map(UUID::fromString).map(PolicyVersionId::new),
                Optional.ofNullable(ending));
    }

    /** What it says, with what has been said since without a mail: how it ended, and when. */
    AnnouncementContent asItStands() {
        AnnouncementContent content = content();
        return finishedAt == null ? content : content.withEnd(finishedAt);
    }

    /** Languages whose text was written before the window was moved. */
    List<Locale> olderThanTheWindow() {
        return WordingRow.olderThan(wordings, content().window());
    }

    Set<AccountId> contributors() {
        return contributors.stream().map(UUID::fromString).map(AccountId::new).collect(Collectors.toUnmodifiableSet());
    }

    /** By {@link Finding#key}. */
    Map<String, String> reasons() {
        return ReasonRow.reasons(reasons);
    }

    /** What was let stand when it was sent. */
    List<Finding> confirmed() {
        return ReasonRow.findings(reasons);
    }

    /** Reasons that a second person gave or has reviewed. */
    boolean reasonsHold() {
        return has(Step.Kind.APPROVED) || has(Step.Kind.REVIEWED) || (!has(Step.Kind.EMERGENCY) && !reasons.isEmpty());
    }

    OffsetDateTime editedAt() {
        return editedAt;
    }

    String digest() {
        return digest == null ? "" : digest;
    }

    Optional<OffsetDateTime> publishedAt() {
        return Optional.ofNullable(publishedAt);
    }

    /** Empty before it is published, and for what was published when this was not kept yet. */
    Optional<RenderedMail> sent(Locale language) {
        return Optional.ofNullable(sent.get(language.getLanguage())).map(SentMail::mail);
    }

    Optional<MailingId> mailing() {
        return Optional.ofNullable(mailing).map(UUID::fromString).map(MailingId::new);
    }

    Optional<Long> audienceCount() {
        return Optional.ofNullable(audienceCount);
    }

    /** How it ended, as this one tells or as was said of it later; empty for a draft. */
    Optional<Outcome> outcome() {
        return state == AnnouncementState.PUBLISHED
                ? Optional.ofNullable(outcome == null ? ending : outcome)
                : Optional.empty();
    }

    /** Nobody works on a sample, so its clock may end it. */
    Optional<Outcome> outcomeAt(OffsetDateTime now) {
        boolean overSample = sample && endsAt != null && !now.isBefore(endsAt);
        return overSample ? outcome().or(() -> Optional.of(Outcome.COMPLETED)) : outcome();
    }

    boolean sample() {
        return sample;
    }

    Optional<OffsetDateTime> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    /** When it was thrown away. */
    Optional<OffsetDateTime> discardedAt() {
        return Optional.ofNullable(discardedAt);
    }
}
