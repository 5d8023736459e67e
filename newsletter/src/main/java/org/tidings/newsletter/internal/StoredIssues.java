package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.Appearance;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Letter;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.Mailings;
import org.tidings.mail.Outbox;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.RestoredDatabase;
import org.tidings.newsletter.ArchivedIssue;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueNotInState;
import org.tidings.newsletter.IssueProblem;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueTextRejected;
import org.tidings.newsletter.IssueUnknown;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SendTimePassed;
import org.tidings.newsletter.SendTimeTooFar;
import org.tidings.newsletter.internal.webhooks.Happenings;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Issues in the database; their sending is the mail module's. */
@ApplicationScoped
@Transactional
class StoredIssues implements Issues {

    /** SND-07: a newsletter that is two days late is not sent; its own pace is no delay. */
    private static final int EXPIRES_AFTER_DAYS = 2;

    /** "Now", typed while the minute goes by, or by a machine whose clock is behind. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final int FURTHEST_YEARS = 2;

    /** So long a draft that was thrown away can be brought back. */
    static final Duration KEPT_DISCARDED = Duration.ofDays(7);

    private final EntityManager entityManager;
    private final Mailings mailings;
    private final Outbox outbox;
    private final ReaderAudience audience;
    private final Accounts accounts;
    private final AuditLog auditLog;
    private final RestoredDatabase restored;
    private final Settings settings;
    private final StoredWords words;
    private final Happenings happenings;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredIssues() {
        this(null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    StoredIssues(
            @NewsletterDb EntityManager entityManager,
            Mailings mailings,
            Outbox outbox,
            ReaderAudience audience,
            Accounts accounts,
            AuditLog auditLog,
            RestoredDatabase restored,
            Settings settings,
            StoredWords words,
            Happenings happenings,
            Clock clock) {
        this.entityManager = entityManager;
        this.mailings = mailings;
        this.outbox = outbox;
        this.audience = audience;
        this.accounts = accounts;
        this.auditLog = auditLog;
        this.restored = restored;
        this.settings = settings;
        this.words = words;
        this.happenings = happenings;
        this.clock = clock;
    }

    @Override
    public IssueId write(NewsletterId newsletter, IssueText text, AccountId author) {
        Newsletter of = newsletter(newsletter.value());
        mustBeSendable(text);
        Issue issue = Issue.write(SubscriptionBook.newId(), of.id(), text, author, now());
        entityManager.persist(issue);
        entityManager.flush();
        auditLog.record(author, NewsletterAction.WRITE_ISSUE, "issue", issue.id(), of.slug());
        return new IssueId(issue.id());
    }

    @Override
    public void rewrite(IssueId id, IssueText text, long version, AccountId by) {
        Issue issue = issue(id);
        mustBeSendable(text);
        issue.rewrite(text, version, now());
        flush();
        auditLog.record(by, NewsletterAction.REWRITE_ISSUE, "issue", id.value(), "");
    }

    @Override
    public void discard(IssueId id, AccountId by) {
        issue(id).discard(now());
        flush();
        auditLog.record(by, NewsletterAction.DISCARD_ISSUE, "issue", id.value(), "");
    }

    @Override
    public List<IssueView> discarded(int limit) {
        return withoutMarkdown(entityManager
                .createQuery(
                        "select i from Issue i where i.discardedAt > :since order by i.discardedAt desc, i.id desc",
                        Issue.class)
                .setParameter("since", now().minus(KEPT_DISCARDED))
                .setMaxResults(limit)
                .getResultList());
    }

    @Override
    public void bringBack(IssueId id, AccountId by) {
        Issue issue = Optional.ofNullable(entityManager.find(Issue.class, id.value()))
                .filter(one -> one.discardedAt()
                        .filter(now().minus(KEPT_DISCARDED)::isBefore)
                        .isPresent())
                .orElseThrow(IssueUnknown::new);
        issue.bringBack(now());
        flush();
        auditLog.record(by, NewsletterAction.BRING_BACK_ISSUE, "issue", id.value(), "");
    }

    /** Called in the background. */
    void forgetDiscarded() {
        entityManager
                .createQuery("delete from Issue i where i.discardedAt <= :before")
                .setParameter("before", now().minus(KEPT_DISCARDED))
                .executeUpdate();
    }

    @Override
    public Optional<IssueView> find(IssueId id) {
        return known(id).map(this::view);
    }

    @Override
    public Optional<IssueView> sentAs(MailingId mailing) {
        return entityManager
                .createQuery("select i from Issue i where i.mailing = :mailing", Issue.class)
                .setParameter("mailing", mailing.value().toString())
                .getResultStream()
                .findFirst()
                .map(this::view);
    }

    private Optional<Issue> known(IssueId id) {
        return Optional.ofNullable(entityManager.find(Issue.class, id.value()))
                .filter(issue -> issue.discardedAt().isEmpty());
    }

    @Override
    public List<IssueView> newest(@Nullable NewsletterId newsletter, @Nullable IssueId before, int limit) {
        TypedQuery<Issue> query = entityManager.createQuery(
                "select i from Issue i where i.discardedAt is null"
                        + (newsletter == null ? "" : " and i.newsletter = :newsletter")
                        + (before == null ? "" : " and i.id < :before")
                        + " order by i.id desc",
                Issue.class);
        if (newsletter != null) {
            query.setParameter("newsletter", newsletter.value());
        }
        if (before != null) {
            query.setParameter("before", before.value());
        }
        return withoutMarkdown(query.setMaxResults(limit).getResultList());
    }

    @Override
    public List<IssueView> latest(@Nullable IssueId before, int limit) {
        String moment = "coalesce(i.sentAt, i.scheduledFor, i.changedAt)";
        Issue last = before == null ? null : entityManager.find(Issue.class, before.value());
        TypedQuery<Issue> query = entityManager.createQuery(
                "select i from Issue i where i.discardedAt is null"
                        + (last == null
                                ? ""
                                : " and (" + moment + " < :moment or (" + moment + " = :moment and i.id < :before))")
                        + " order by " + moment + " desc, i.id desc",
                Issue.class);
        if (last != null) {
            query.setParameter("moment", last.moment()).setParameter("before", last.id());
        }
        return withoutMarkdown(query.setMaxResults(limit).getResultList());
    }

    private List<IssueView> withoutMarkdown(List<Issue> issues) {
        Map<UUID, Newsletter> known = new HashMap<>();
        return issues.stream()
                .map(i -> withoutMarkdown(view(i, known.computeIfAbsent(i.newsletter(), this::newsletter))))
                .toList();
    }

    private static IssueView withoutMarkdown(IssueView view) {
        return new IssueView(
                view.id(),
                view.newsletter(),
                new IssueText(view.text().subject(), view.text().preheader(), ""),
                view.state(),
                view.author(),
                view.createdAt(),
                view.changedAt(),
                view.scheduledFor(),
                view.sentAt(),
                view.mailing(),
                view.limits(),
                view.version());
    }

    @Override
    public List<IssueProblem> check(IssueText text) {
        return Markdown.problems(text, audience.fields().names());
    }

    @Override
    public RenderedMail preview(NewsletterId newsletter, IssueText text, String name, Appearance appearance) {
        mustBeSendable(text);
        Newsletter of = newsletter(newsletter.value());
        return mailings.preview(
                MailKind.NEWSLETTER_ISSUE,
                content(of, text, pageOf(of)),
                audience.slots(of.id(), name, of.language(), MergeFields.of(text)),
                appearance);
    }

    @Override
    public void sendTest(IssueId id, AccountId editor) {
        Issue issue = issue(id);
        Newsletter of = newsletter(issue.newsletter());
        AccountView to = accounts.find(editor).orElseThrow(IssueUnknown::new);
        MailingContent content = content(of, issue.text(), readUrl(of, issue));
        outbox.post(new Letter(
                MailKind.ISSUE_TEST,
                "issue-test",
                AllAccounts.REALM,
                editor.value(),
                to.address(),
                to.name(),
                Texts.in(of.language()).get("test.subject", content.subject()),
                content.body(),
                // The links work and change nothing: no subscription has the issue's id.
                audience.slots(issue.id(), to.name(), of.language(), MergeFields.of(issue.text())),
                now().plusDays(1),
                Optional.of(headers(of))));
        auditLog.record(editor, NewsletterAction.TEST_ISSUE, "issue", id.value(), "");
    }

    @Override
    public AudienceCount audience(IssueId id) {
        issue(id);
        audience.chosen().know(id.value(), mailings);
        return mailings.count(Readers.AUDIENCE, query(id.value()));
    }

    @Override
    public long zonesKnown(IssueId id) {
        return audience.zonesKnown(id.value());
    }

    private AudienceQuery query(UUID issue) {
        return new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue, now());
    }

    @Override
    public void send(IssueId id, long version, @Nullable OffsetDateTime at, MailingLimits limits, AccountId publisher) {
        Issue issue = locked(id);
        issue.mustBe(IssueState.DRAFT);
        issue.mustBeVersion(version);
        issue.keepTo(limits);
        OffsetDateTime now = now();
        if (at != null && at.isBefore(now.minus(SLACK))) {
            throw new SendTimePassed();
        }
        if (at != null && at.isAfter(now.plusYears(FURTHEST_YEARS))) {
            throw new SendTimeTooFar();
        }
        if (at != null && at.isAfter(now)) {
            issue.schedule(version, at, publisher);
            auditLog.record(publisher, NewsletterAction.SCHEDULE_ISSUE, "issue", id.value(), at.toString());
        } else {
            begin(issue, now.plus(settings.undo()), publisher);
        }
        flush();
    }

    /**
     * Scheduled issues whose time has come. After an older database was put back there are none until staff have looked: an issue may
     * have gone out in the time that is missing.
     */
    List<IssueId> due() {
        if (restored.noticed().isPresent()) {
            return List.of();
        }
        return entityManager
                .createQuery(
                        "select i from Issue i where i.state = :state and i.scheduledFor <= :now order by i.scheduledFor",
                        Issue.class)
                .setParameter("state", IssueState.SCHEDULED)
                .setParameter("now", now())
                .getResultList()
                .stream()
                .map(issue -> new IssueId(issue.id()))
                .toList();
    }

    /** Begins one of them; each in a transaction of its own, so that one that cannot begin keeps no other. Of two nodes one wins. */
    void sendDue(IssueId id) {
        Issue issue = locked(id);
        OffsetDateTime now = now();
        if (issue.isDue(now)) {
            begin(issue, now, issue.sentBy().orElseThrow());
            flush();
        }
    }

    /** Nobody chooses another audience while the sending begins. */
    private Issue locked(IssueId id) {
        return Optional.ofNullable(entityManager.find(Issue.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
                .filter(one -> one.discardedAt().isEmpty())
                .orElseThrow(IssueUnknown::new);
    }

    private void begin(Issue issue, OffsetDateTime notBefore, AccountId publisher) {
        Newsletter of = newsletter(issue.newsletter());
        audience.chosen().know(issue.id(), mailings);
        audience.chosen().freeze(issue.id(), of.id(), now());
        long expected = mailings.count(Readers.AUDIENCE, query(issue.id())).recipients();
        MailingId started = mailings.start(new MailingOrder(
                MailKind.NEWSLETTER_ISSUE,
                Readers.AUDIENCE,
                issue.id(),
                of.name() + ": " + issue.text().subject(),
                List.of(content(of, issue.text(), readUrl(of, issue))),
                expected,
                notBefore,
                notBefore.plusDays(EXPIRES_AFTER_DAYS + issue.limits().days()),
                Optional.of(headers(of)),
                Optional.empty(),
                issue.limits()));
        audience.fields().keep(issue.id(), MergeFields.of(issue.text()));
        issue.beginSending(started, publisher, notBefore);
        auditLog.record(publisher, NewsletterAction.SEND_ISSUE, "issue", issue.id(), Long.toString(expected));
    }

    @Override
    public Optional<MailingProgress> progress(IssueId id) {
        return issue(id).mailing().flatMap(mailings::progress);
    }

    @Override
    public void pause(IssueId id, AccountId by) {
        mailings.pause(sending(id));
        auditLog.record(by, NewsletterAction.PAUSE_ISSUE, "issue", id.value(), "");
    }

    @Override
    public void resume(IssueId id, AccountId by) {
        mailings.resume(sending(id));
        auditLog.record(by, NewsletterAction.RESUME_ISSUE, "issue", id.value(), "");
    }

    @Override
    public void cancel(IssueId id, AccountId by) {
        Issue issue = issue(id);
        if (issue.state() == IssueState.SCHEDULED) {
            issue.takeBack();
        } else {
            MailingId mailing = sending(id);
            boolean inTime = issue.sentAt().filter(at -> at.isAfter(now())).isPresent();
            boolean nobodyGotIt = mailings.cancel(mailing);
            if (inTime && nobodyGotIt) {
                issue.takeBack();
                audience.chosen().thaw(id.value());
            } else if (issue.state() == IssueState.SENDING) {
                issue.end(IssueState.CANCELLED);
            }
        }
        flush();
        auditLog.record(
                by,
                NewsletterAction.CANCEL_ISSUE,
                "issue",
                id.value(),
                issue.state().name());
    }

    @Override
    public long resendToFailed(IssueId id, AccountId by) {
        MailingId mailing = issue(id)
                .mailing()
                .orElseThrow(() -> new IssueNotInState(issue(id).state()));
        long again = mailings.resendToFailed(mailing);
        auditLog.record(by, NewsletterAction.RESEND_ISSUE, "issue", id.value(), Long.toString(again));
        return again;
    }

    @Override
    public long resendToRest(IssueId id, AccountId by) {
        Issue issue = issue(id);
        MailingId mailing = issue.sendToRest();
        flush();
        long again = mailings.resendToRest(
                mailing, now().plusDays(EXPIRES_AFTER_DAYS + issue.limits().days()));
        auditLog.record(by, NewsletterAction.RESEND_ISSUE_TO_REST, "issue", id.value(), Long.toString(again));
        return again;
    }

    /** The mailing that goes out, also one that goes out again. */
    private MailingId sending(IssueId id) {
        return issue(id).sending();
    }

    /** Called in the background: what has been sent to all goes to the archive. */
    void settle() {
        for (Issue issue : entityManager
                .createQuery("select i from Issue i where i.state = :state", Issue.class)
                .setParameter("state", IssueState.SENDING)
                .setMaxResults(100)
                .getResultList()) {
            stateOfMailing(issue)
                    .filter(state -> state == MailingState.FINISHED || state == MailingState.CANCELLED)
                    .ifPresent(state -> {
                        issue.end(state == MailingState.FINISHED ? IssueState.SENT : IssueState.CANCELLED);
                        if (state == MailingState.FINISHED) {
                            happenings.issue(issue.id(), issue.newsletter());
                        }
                    });
        }
        flush();
    }

    private Optional<MailingState> stateOfMailing(Issue issue) {
        return issue.mailing().flatMap(mailings::progress).map(MailingProgress::state);
    }

    @Override
    public List<ArchivedIssue> archive(NewsletterId newsletter, @Nullable OffsetDateTime before, int limit) {
        TypedQuery<Issue> query = entityManager.createQuery(
                "select i from Issue i where i.newsletter = :newsletter and i.state = :sent"
                        + (before == null ? "" : " and i.sentAt < :before") + " order by i.sentAt desc, i.id desc",
                Issue.class);
        query.setParameter("newsletter", newsletter.value()).setParameter("sent", IssueState.SENT);
        if (before != null) {
            query.setParameter("before", before);
        }
        Newsletter of = newsletter(newsletter.value());
        return query.setMaxResults(limit).getResultList().stream()
                .map(issue -> archived(of, issue))
                .toList();
    }

    @Override
    public Optional<ArchivedIssue> archived(NewsletterId newsletter, IssueId id) {
        return Optional.ofNullable(entityManager.find(Issue.class, id.value()))
                .filter(issue -> issue.newsletter().equals(newsletter.value()))
                .filter(this::mayBeRead)
                .map(issue -> archived(newsletter(newsletter.value()), issue));
    }

    /** The link "read on the web" stands in the mails while they go out. */
    private boolean mayBeRead(Issue issue) {
        boolean begun = issue.sentAt().filter(at -> !at.isAfter(now())).isPresent();
        return switch (issue.state()) {
            case SENT -> true;
            case SENDING, CANCELLED -> begun;
            case DRAFT, SCHEDULED -> false;
        };
    }

    private ArchivedIssue archived(Newsletter of, Issue issue) {
        String nobody = Texts.in(of.language()).get("nobody");
        MergeFields fields = MergeFields.of(issue.text());
        IssueText text = fields.slotted(issue.text());
        Map<String, String> values = new HashMap<>(fields.fallbacks());
        values.put("name", nobody);
        values.put("unsubscribeUrl", pageOf(of));
        values.put("preferencesUrl", pageOf(of));
        values.put("archiveUrl", archiveUrl(of, issue));
        Markdown.Compiled compiled = Markdown.compile(text.markdown()).with(values);
        return new ArchivedIssue(
                new IssueId(issue.id()),
                of.view(),
                filled(text.subject(), values),
                filled(text.preheader(), values),
                issue.sentAt().orElseThrow(),
                compiled.html(),
                compiled.text());
    }

    private static String filled(String line, Map<String, String> values) {
        String filled = line;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    // The mail

    /** The first mail to a reader, made as an issue; it stands in no archive. */
    record Greeting(MailingContent content, MergeFields fields, ListHeaders headers) {}

    Greeting greeting(NewsletterView newsletter, IssueText written, Voice voice) {
        Newsletter of = newsletter(newsletter.id().value());
        MergeFields fields = MergeFields.of(written);
        IssueText text = fields.slotted(written);
        Markdown.Compiled compiled = Markdown.compile(text.markdown()).with(Map.of("archiveUrl", pageOf(of)));
        MailBody body = MailBody.in(voice.language())
                .note(of.name())
                .written(compiled.html(), compiled.text())
                .footer(voice.say(OwnText.FOOTER_WHY))
                .footer(voice.say(OwnText.FOOTER_UNSUBSCRIBE), "{{unsubscribeUrl}}")
                .footer(voice.say(OwnText.FOOTER_PREFERENCES), "{{preferencesUrl}}")
                .build();
        return new Greeting(new MailingContent(Markdown.line(text.subject()), body, List.of()), fields, headers(of));
    }

    private MailingContent content(Newsletter of, IssueText written, String archiveUrl) {
        IssueText text = MergeFields.of(written).slotted(written);
        Voice voice = words.voice(of.id(), of.name(), of.language(), of.language());
        Markdown.Compiled compiled = Markdown.compile(text.markdown()).with(Map.of("archiveUrl", archiveUrl));
        String subject = Markdown.line(text.subject().strip());
        MailBody.Builder begun = MailBody.in(of.language())
                .preheader(Markdown.line(text.preheader().strip()))
                .note(of.name());
        if (!compiled.html().stripLeading().startsWith("<h")) {
            // Forwarded or printed it still says what it is; an issue that begins with a heading does so by itself.
            begun.heading(subject);
        }
        MailBody body = begun.written(compiled.html(), compiled.text())
                .footer(voice.say(OwnText.FOOTER_WHY))
                .footer(voice.say(OwnText.FOOTER_UNSUBSCRIBE), "{{unsubscribeUrl}}")
                .footer(voice.say(OwnText.FOOTER_PREFERENCES), "{{preferencesUrl}}")
                .footer(voice.say(OwnText.FOOTER_ARCHIVE), archiveUrl)
                .build();
        return new MailingContent(subject, body, List.of());
    }

    private ListHeaders headers(Newsletter of) {
        return of.isPublic()
                ? new ListHeaders(of.name(), of.listId(), pageOf(of), Optional.of(pageOf(of)))
                : new ListHeaders(of.name(), of.listId(), settings.site().publicUrl() + "/manage", Optional.empty());
    }

    private String pageOf(Newsletter of) {
        return settings.site().publicUrl() + "/newsletters/" + of.slug();
    }

    /** Of mails: where the newsletter is not for everybody it is the reader's own link. */
    private String readUrl(Newsletter of, Issue issue) {
        return of.isPublic() ? archiveUrl(of, issue) : "{{" + ReaderAudience.READ_SLOT + "}}/" + issue.id();
    }

    private String archiveUrl(Newsletter of, Issue issue) {
        return pageOf(of) + "/" + issue.id();
    }

    // Finding

    private Issue issue(IssueId id) {
        return known(id).orElseThrow(IssueUnknown::new);
    }

    private Newsletter newsletter(UUID id) {
        Newsletter newsletter = entityManager.find(Newsletter.class, id);
        if (newsletter == null) {
            throw new NewsletterUnknown();
        }
        return newsletter;
    }

    private IssueView view(Issue issue) {
        return view(issue, newsletter(issue.newsletter()));
    }

    private static IssueView view(Issue issue, Newsletter of) {
        return issue.view(of.view());
    }

    private void mustBeSendable(IssueText text) {
        List<IssueProblem> problems = check(text);
        if (!problems.isEmpty()) {
            throw new IssueTextRejected(problems);
        }
    }

    private void flush() {
        try {
            entityManager.flush();
        } catch (OptimisticLockException e) {
            throw new ChangedMeanwhile();
        }
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
