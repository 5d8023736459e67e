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
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementView.Decision;
import org.tidings.announcements.AnnouncementView.Emergency;
import org.tidings.announcements.AuthorCannotApprove;
import org.tidings.announcements.Finding;
import org.tidings.announcements.NotInThisState;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.mail.MailingId;
import org.tidings.mail.RenderedMail;
import org.tidings.site.Languages;

/**
 * One announcement: written as a draft, submitted, approved by a second person over the digest of exactly what will be sent,
 * published. Any edit leads back to the draft and voids what was approved. Published, it never changes; what changed in the
 * world is told by an update, which is an announcement of its own in the same thread, or by closing it.
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

    /** In {@link NotInThisState}: somebody has said how it ended. */
    static final String ENDED = "ENDED";

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

    @Column(name = "submitted_by")
    private @Nullable String submittedBy;

    @Column(name = "submitted_at")
    private @Nullable OffsetDateTime submittedAt;

    private @Nullable String digest;

    @Column(name = "approved_by")
    private @Nullable String approvedBy;

    @Column(name = "approved_at")
    private @Nullable OffsetDateTime approvedAt;

    @Column(name = "rejected_by")
    private @Nullable String rejectedBy;

    @Column(name = "rejected_at")
    private @Nullable OffsetDateTime rejectedAt;

    private @Nullable String rejection;

    @Column(name = "published_by")
    private @Nullable String publishedBy;

    @Column(name = "published_on")
    private @Nullable OffsetDateTime publishedOn;

    @Column(name = "published_at")
    private @Nullable OffsetDateTime publishedAt;

    private @Nullable String mailing;

    @Column(name = "audience_count")
    private @Nullable Long audienceCount;

    @Column(name = "override_reason")
    private @Nullable String overrideReason;

    @Column(name = "emergency_reason")
    private @Nullable String emergencyReason;

    @Column(name = "review_due_at")
    private @Nullable OffsetDateTime reviewDueAt;

    @Column(name = "reviewed_by")
    private @Nullable String reviewedBy;

    @Column(name = "reviewed_at")
    private @Nullable OffsetDateTime reviewedAt;

    private @Nullable String judgement;

    @Enumerated(EnumType.STRING)
    private @Nullable Outcome outcome;

    @Column(name = "closed_at")
    private @Nullable OffsetDateTime closedAt;

    @Column(name = "finished_at")
    private @Nullable OffsetDateTime finishedAt;

    /** The outcome that this one tells; {@link #outcome} is what was said without a mail. */
    @Enumerated(EnumType.STRING)
    private @Nullable Outcome ending;

    @Column(name = "reminded_at")
    private @Nullable OffsetDateTime remindedAt;

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
            throw new NotInThisState("sample");
        }
        Announcement update = new Announcement(updateId, thread, nextSequence, at);
        AnnouncementContent content = asItStands();
        update.edit(
                new AnnouncementContent(
                        content.type(),
                        content.prefix(),
                        content.window(),
                        content.wordings(),
                        content.undoMinutes(),
                        Optional.empty(),
                        outcome()),
                author,
                at);
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

    void submit(AccountId by, String contentDigest, OffsetDateTime at) {
        requireState(AnnouncementState.DRAFT);
        contributors.add(by.value().toString());
        submittedBy = by.value().toString();
        submittedAt = at;
        digest = contentDigest;
        rejectedBy = null;
        rejectedAt = null;
        rejection = null;
        state = AnnouncementState.SUBMITTED;
    }

    void approve(AccountId by, Map<Finding, String> confirmed, OffsetDateTime at) {
        requireState(AnnouncementState.SUBMITTED);
        requireSecondPerson(by);
        approvedBy = by.value().toString();
        approvedAt = at;
        confirm(confirmed);
        state = AnnouncementState.APPROVED;
    }

    void reject(AccountId by, String reason, OffsetDateTime at) {
        if (state != AnnouncementState.SUBMITTED) {
            requireState(AnnouncementState.APPROVED);
        }
        backToDraft();
        rejectedBy = by.value().toString();
        rejectedAt = at;
        rejection = reason;
    }

    void publish(AccountId by, MailingId started, long count, OffsetDateTime at, OffsetDateTime publicFrom) {
        requireState(AnnouncementState.APPROVED);
        onItsWay(by, started, count, at, publicFrom);
    }

    /** @param confirmed by who sends it alone; they count in the thread once a second person has reviewed it */
    void publishInEmergency(
            AccountId by,
            String contentDigest,
            MailingId started,
            long count,
            String reason,
            Map<Finding, String> confirmed,
            OffsetDateTime at) {
        requireNotPublished();
        confirm(confirmed);
        contributors.add(by.value().toString());
        approvedBy = null;
        approvedAt = null;
        digest = contentDigest;
        emergencyReason = reason;
        reviewDueAt = at.plusHours(REVIEW_HOURS);
        onItsWay(by, started, count, at, at);
    }

    private void onItsWay(AccountId by, MailingId started, long count, OffsetDateTime at, OffsetDateTime publicFrom) {
        publishedBy = by.value().toString();
        publishedOn = at;
        publishedAt = publicFrom;
        mailing = started.value().toString();
        audienceCount = count;
        state = AnnouncementState.PUBLISHED;
    }

    void overrideLimit(String reason) {
        overrideReason = reason;
    }

    void review(AccountId by, String text, OffsetDateTime at) {
        requireState(AnnouncementState.PUBLISHED);
        if (emergencyReason == null || reviewedAt != null) {
            throw new NotInThisState("no review due");
        }
        requireSecondPerson(by);
        reviewedBy = by.value().toString();
        reviewedAt = at;
        judgement = text;
    }

    /** Keeps the mails as they go out. */
    void keepSent(Map<Locale, RenderedMail> mails) {
        mails.forEach((language, mail) -> sent.put(language.getLanguage(), new SentMail(mail)));
    }

    /** Within the undo window only: as if it had never been published. */
    void takeBack() {
        requireState(AnnouncementState.PUBLISHED);
        sent.clear();
        publishedBy = null;
        publishedOn = null;
        publishedAt = null;
        mailing = null;
        audienceCount = null;
        overrideReason = null;
        backToDraft();
    }

    /** @param finished when it was over; empty for what was cancelled or has no window */
    void close(Outcome how, OffsetDateTime at, Optional<OffsetDateTime> finished) {
        requireState(AnnouncementState.PUBLISHED);
        if (outcome().isPresent()) {
            throw new NotInThisState(ENDED);
        }
        outcome = how;
        closedAt = at;
        finishedAt = finished.orElse(null);
    }

    void reminded(OffsetDateTime at) {
        remindedAt = at;
    }

    Optional<OffsetDateTime> remindedAt() {
        return Optional.ofNullable(remindedAt);
    }

    /** At its publication: what it was begun for, or what was said of the thread meanwhile. */
    void tell(Optional<Outcome> how) {
        ending = how.orElse(null);
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
        Map<String, WordingRow> before = new HashMap<>(wordings);
        wordings.clear();
        String window = WordingRow.name(content.window());
        content.wordings()
                .forEach((language, text) -> wordings.put(
                        language.getLanguage(),
                        new WordingRow(text).writtenFor(window, before.get(language.getLanguage()))));
    }

    /** Languages whose text was written before the window was moved. */
    List<Locale> olderThanTheWindow() {
        String window = WordingRow.name(content().window());
        return Languages.ALL.stream()
                .filter(language -> {
                    WordingRow row = wordings.get(language.getLanguage());
                    return row != null && row.isOlderThan(window);
                })
                .toList();
    }

    private void confirm(Map<Finding, String> confirmed) {
        reasons.clear();
        confirmed.forEach((finding, reason) -> reasons.put(finding.key(), new ReasonRow(finding, reason)));
    }

    // Reasons stay: they are of sentences, and who reads it next is not asked again for those that have not changed.
    private void backToDraft() {
        state = AnnouncementState.DRAFT;
        digest = null;
        submittedBy = null;
        submittedAt = null;
        approvedBy = null;
        approvedAt = null;
    }

    private void requireSecondPerson(AccountId by) {
        if (contributors.contains(by.value().toString())) {
            throw new AuthorCannotApprove();
        }
    }

    private void requireState(AnnouncementState wanted) {
        if (state != wanted) {
            throw new NotInThisState(state.name());
        }
    }

    private void requireNotPublished() {
        if (state == AnnouncementState.PUBLISHED) {
            throw new NotInThisState(state.name());
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

    AnnouncementContent content() {
        Map<Locale, Wording> texts = new LinkedHashMap<>();
        wordings.forEach((language, row) -> texts.put(Locale.forLanguageTag(language), row.wording()));
        Optional<Window> window = startsAt == null || timeZone == null
                ? Optional.empty()
                : Optional.of(new Window(startsAt, Optional.ofNullable(endsAt), ZoneId.of(timeZone)));
        return new AnnouncementContent(
                type,
                prefix,
                window,
                texts,
                undoMinutes,
                Optional.ofNullable(policyVersion).map(UUID::fromString).map(PolicyVersionId::new),
                Optional.ofNullable(ending));
    }

    /** What it says, with what has been said since without a mail: how it ended, and when. */
    AnnouncementContent asItStands() {
        AnnouncementContent content = content();
        return finishedAt == null ? content : content.withEnd(finishedAt);
    }

    Set<AccountId> contributors() {
        return contributors.stream().map(UUID::fromString).map(AccountId::new).collect(Collectors.toUnmodifiableSet());
    }

    /** By {@link Finding#key}. */
    Map<String, String> reasons() {
        Map<String, String> all = new LinkedHashMap<>();
        reasons.forEach((key, row) -> all.put(key, row.reason()));
        return all;
    }

    /** What was let stand when it was sent. */
    List<Finding> confirmed() {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().finding(entry.getKey()).stream())
                .toList();
    }

    /** Reasons that a second person gave or has reviewed. */
    boolean reasonsHold() {
        return approvedBy != null || reviewedBy != null || (emergencyReason == null && !reasons.isEmpty());
    }

    OffsetDateTime editedAt() {
        return editedAt;
    }

    String digest() {
        return digest == null ? "" : digest;
    }

    Optional<Decision> submitted() {
        return decision(submittedBy, submittedAt, null);
    }

    Optional<Decision> approved() {
        return decision(approvedBy, approvedAt, null);
    }

    Optional<Decision> rejected() {
        return decision(rejectedBy, rejectedAt, rejection);
    }

    Optional<Decision> published() {
        return decision(publishedBy, publishedOn, overrideReason);
    }

    Optional<Emergency> emergency() {
        return emergencyReason == null || reviewDueAt == null
                ? Optional.empty()
                : Optional.of(new Emergency(emergencyReason, reviewDueAt, decision(reviewedBy, reviewedAt, judgement)));
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

    private static Optional<Decision> decision(
            @Nullable String by, @Nullable OffsetDateTime at, @Nullable String reason) {
        return by == null || at == null
                ? Optional.empty()
                : Optional.of(new Decision(new AccountId(UUID.fromString(by)), at, reason == null ? "" : reason));
    }
}
