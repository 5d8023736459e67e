package org.tidings.newsletter.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.SendingHours;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueNotInState;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.NewsletterView;

/**
 * One edition of a newsletter. An editor writes a {@code DRAFT}; a publisher sends it at once ({@code SENDING}) or at a set
 * time ({@code SCHEDULED}); it ends as {@code SENT} or {@code CANCELLED}. Taken back before anybody got it, it is a draft
 * again. The text changes only while it is a draft, so what is in the archive is what was sent. A draft that was thrown away
 * is as good as gone, but can be brought back for a week.
 */
@Entity
@Table(name = "issue", schema = "newsletter")
class Issue {

    @Id
    private UUID id;

    private UUID newsletter;
    private String subject;
    private String preheader;
    private String markdown;

    @Enumerated(EnumType.STRING)
    private IssueState state;

    private UUID author;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "changed_at")
    private OffsetDateTime changedAt;

    @Column(name = "scheduled_for")
    private @Nullable OffsetDateTime scheduledFor;

    // Text, because EclipseLink 4 fails to read a null UUID.
    private @Nullable String mailing;

    @Column(name = "sent_by")
    private @Nullable String sentBy;

    @Column(name = "sent_at")
    private @Nullable OffsetDateTime sentAt;

    @Column(name = "spread_minutes")
    private int spreadMinutes;

    @Column(name = "per_second")
    private int perSecond;

    @Column(name = "opens_minute")
    private @Nullable Integer opensMinute;

    @Column(name = "closes_minute")
    private @Nullable Integer closesMinute;

    @Column(name = "discarded_at")
    private @Nullable OffsetDateTime discardedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // filled by the persistence provider
    protected Issue() {}

    @SuppressWarnings("NullAway") // rewritten fills the rest
    static Issue write(UUID id, UUID newsletter, IssueText text, AccountId author, OffsetDateTime at) {
        Issue issue = new Issue();
        issue.id = id;
        issue.newsletter = newsletter;
        issue.state = IssueState.DRAFT;
        issue.author = author.value();
        issue.createdAt = at;
        issue.put(text, at);
        return issue;
    }

    void rewrite(IssueText text, long readVersion, OffsetDateTime at) {
        mustBe(IssueState.DRAFT);
        mustBeVersion(readVersion);
        put(text, at);
    }

    private void put(IssueText text, OffsetDateTime at) {
        subject = Markdown.line(text.subject().strip());
        preheader = Markdown.line(text.preheader().strip());
        markdown = text.markdown();
        changedAt = at;
    }

    void discard(OffsetDateTime at) {
        mustBe(IssueState.DRAFT);
        discardedAt = at;
        changedAt = at;
    }

    void bringBack(OffsetDateTime at) {
        discardedAt = null;
        changedAt = at;
    }

    /** When it was thrown away. */
    Optional<OffsetDateTime> discardedAt() {
        return Optional.ofNullable(discardedAt);
    }

    void schedule(long readVersion, OffsetDateTime at, AccountId publisher) {
        mustBe(IssueState.DRAFT);
        mustBeVersion(readVersion);
        state = IssueState.SCHEDULED;
        scheduledFor = at;
        sentBy = publisher.value().toString();
    }

    boolean isDue(OffsetDateTime now) {
        return state == IssueState.SCHEDULED && scheduledFor != null && !scheduledFor.isAfter(now);
    }

    /** Its pace and hours, from when it is sent or scheduled. */
    void keepTo(MailingLimits limits) {
        spreadMinutes = (int) limits.spread().toMinutes();
        perSecond = limits.perSecond();
        opensMinute = limits.hours().map(hours -> minute(hours.from())).orElse(null);
        closesMinute = limits.hours().map(hours -> minute(hours.until())).orElse(null);
    }

    private static Integer minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    MailingLimits limits() {
        Integer opens = opensMinute;
        Integer closes = closesMinute;
        Optional<SendingHours> hours = opens == null || closes == null
                ? Optional.empty()
                : Optional.of(new SendingHours(LocalTime.MIN.plusMinutes(opens), LocalTime.MIN.plusMinutes(closes)));
        return new MailingLimits(Duration.ofMinutes(spreadMinutes), perSecond, hours);
    }

    void beginSending(MailingId started, AccountId publisher, OffsetDateTime at) {
        state = IssueState.SENDING;
        mailing = started.value().toString();
        sentBy = publisher.value().toString();
        sentAt = at;
    }

    /** Sample content: in the archive without ever having been sent. */
    void sentLongAgo(AccountId publisher, OffsetDateTime at) {
        mustBe(IssueState.DRAFT);
        state = IssueState.SENT;
        sentBy = publisher.value().toString();
        sentAt = at;
    }

    /** Nobody got it: a draft again. */
    void takeBack() {
        state = IssueState.DRAFT;
        scheduledFor = null;
        mailing = null;
        sentBy = null;
        sentAt = null;
        keepTo(MailingLimits.NONE);
    }

    void end(IssueState as) {
        mustBe(IssueState.SENDING);
        state = as;
    }

    /**
     * What goes out. An issue that was sent stays so while it goes to the rest, so that it does not leave the archive.
     *
     * @throws IssueNotInState if nothing of it can go out
     */
    MailingId sending() {
        if (state != IssueState.SENDING && state != IssueState.SENT) {
            throw new IssueNotInState(state);
        }
        return mailing().orElseThrow(() -> new IssueNotInState(state));
    }

    /** Once more to those whom it has not reached; what was cancelled is then being sent. */
    MailingId sendToRest() {
        if (state != IssueState.SENT && state != IssueState.CANCELLED) {
            throw new IssueNotInState(state);
        }
        MailingId sent = mailing().orElseThrow(() -> new IssueNotInState(state));
        if (state == IssueState.CANCELLED) {
            state = IssueState.SENDING;
        }
        return sent;
    }

    void mustBe(IssueState wanted) {
        if (state != wanted) {
            throw new IssueNotInState(state);
        }
    }

    void mustBeVersion(long readVersion) {
        if (version != readVersion) {
            throw new ChangedMeanwhile();
        }
    }

    UUID id() {
        return id;
    }

    UUID newsletter() {
        return newsletter;
    }

    IssueState state() {
        return state;
    }

    IssueText text() {
        return new IssueText(subject, preheader, markdown);
    }

    Optional<MailingId> mailing() {
        return Optional.ofNullable(mailing).map(UUID::fromString).map(MailingId::new);
    }

    Optional<AccountId> sentBy() {
        return Optional.ofNullable(sentBy).map(UUID::fromString).map(AccountId::new);
    }

    Optional<OffsetDateTime> sentAt() {
        return Optional.ofNullable(sentAt);
    }

    /** When it was or will be sent, of a draft when it was written. */
    OffsetDateTime moment() {
        return sentAt().or(() -> Optional.ofNullable(scheduledFor)).orElse(changedAt);
    }

    IssueView view(NewsletterView of) {
        return new IssueView(
                new IssueId(id),
                of,
                text(),
                state,
                new AccountId(author),
                createdAt,
                changedAt,
                Optional.ofNullable(scheduledFor),
                Optional.ofNullable(sentAt),
                mailing(),
                limits(),
                version);
    }
}
