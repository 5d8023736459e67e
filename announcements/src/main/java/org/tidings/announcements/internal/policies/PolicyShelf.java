package org.tidings.announcements.internal.policies;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Flaw;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Problem;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.NotInThisState.Where;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.internal.guard.HonestyLint;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.announcements.internal.settings.Reasons;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.announcements.internal.words.LineDiff;
import org.tidings.announcements.internal.words.PolicyMarkdown;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.OddCharacter;
import org.tidings.site.Transactional;

/** Policy versions in the database. A few dozen at most, so they are read whole and sorted out here. */
@ApplicationScoped
@Transactional
public class PolicyShelf implements Policies {

    private static final int MAX_MARKDOWN = 100_000;
    private static final int MAX_SUMMARY = 5_000;
    private static final String OBJECT = "policy-version";

    private final EntityManager em;
    private final AuditLog audit;
    private final Settings settings;
    private final Clock clock;
    private final HonestyLint lint;
    private final PolicyMarkdown markdown = new PolicyMarkdown();

    @SuppressWarnings("NullAway") // for the proxy
    public PolicyShelf() {
        em = null;
        audit = null;
        settings = null;
        clock = null;
        lint = null;
    }

    @Inject
    public PolicyShelf(@AnnouncementsDb EntityManager em, AuditLog audit, Settings settings, Clock clock) {
        this.em = em;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
        this.lint = new HonestyLint(settings.links());
    }

    @Override
    public Optional<PolicyVersion> current(PolicyKind kind) {
        LocalDate today = today();
        return history(kind).stream()
                .filter(version -> !version.effectiveOn().isAfter(today))
                .findFirst();
    }

    @Override
    public Optional<PolicyVersion> upcoming(PolicyKind kind) {
        LocalDate today = today();
        return history(kind).stream()
                .filter(version -> version.effectiveOn().isAfter(today))
                .reduce((newer, older) -> older);
    }

    @Override
    public List<PolicyVersion> history(PolicyKind kind) {
        OffsetDateTime now = now();
        return ofKind(kind).stream()
                .filter(version ->
                        version.publishedAt().map(at -> !at.isAfter(now)).orElse(false))
                .toList();
    }

    @Override
    public Optional<PolicyVersion> published(PolicyKind kind, int number) {
        return history(kind).stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }

    @Override
    public List<PolicyVersion> all() {
        List<PolicyVersion> all = new ArrayList<>();
        for (PolicyKind kind : PolicyKind.values()) {
            all.addAll(ofKind(kind));
        }
        return all;
    }

    @Override
    public Optional<PolicyVersion> find(PolicyVersionId version) {
        return Optional.ofNullable(em.find(PolicyVersionRow.class, version.value()))
                .filter(row -> row.discardedAt().isEmpty())
                .map(row -> row.view(settings));
    }

    @Override
    public PolicyVersion draft(AccountId by, PolicyKind kind) {
        List<PolicyVersion> known = ofKind(kind);
        Optional<PolicyVersion> newest = known.stream().findFirst();
        if (newest.isPresent() && newest.get().publishedAt().isEmpty()) {
            return newest.get();
        }
        Map<Locale, PolicyText> texts = new LinkedHashMap<>();
        newest.ifPresent(before ->
                before.texts().forEach((language, text) -> texts.put(language, new PolicyText(text.markdown(), ""))));
        LocalDate effective = newest.isPresent() ? today().plusDays(settings.noticeDays() + 1L) : today();
        PolicyVersionRow draft = new PolicyVersionRow(
                Ids.next(), kind, newest.map(PolicyVersion::number).orElse(0) + 1, effective, texts, now());
        forgetDiscarded(kind);
        em.persist(draft);
        em.flush();
        record(by, AnnouncementAction.DRAFT_POLICY_VERSION, draft, kind + " " + draft.number());
        return draft.view(settings);
    }

    @Override
    public PolicyVersion edit(
            AccountId by, PolicyVersionId id, long revision, LocalDate effectiveOn, Map<Locale, PolicyText> texts) {
        PolicyVersionRow row = take(id);
        row.requireDraft();
        if (row.version() != revision) {
            throw new AnnouncementRefused(Reason.EDITED_MEANWHILE);
        }
        List<Problem> problems = new ArrayList<>();
        texts.forEach((language, text) -> {
            limit(problems, language.getLanguage() + ".markdown", text.markdown(), MAX_MARKDOWN);
            limit(problems, language.getLanguage() + ".summary", text.summary(), MAX_SUMMARY);
        });
        if (!problems.isEmpty()) {
            throw new ContentRejected(problems);
        }
        row.edit(effectiveOn, texts);
        // The texts are in another table: the revision must change with them.
        em.lock(row, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
        em.flush();
        record(by, AnnouncementAction.EDIT_POLICY_VERSION, row, "");
        return row.view(settings);
    }

    private static void limit(List<Problem> problems, String field, String text, int limit) {
        if (text.length() > limit) {
            problems.add(new Problem(field, Flaw.TOO_LONG));
        }
        if (OddCharacter.inText(text).isPresent()) {
            problems.add(new Problem(field, Flaw.CONTROL_CHARACTER));
        }
        if (text.contains("{{") || text.contains("}}")) {
            problems.add(new Problem(field, Flaw.SLOT_BRACES));
        }
    }

    @Override
    public void discard(AccountId by, PolicyVersionId id) {
        PolicyVersionRow row = take(id);
        row.requireDraft();
        row.discard(now());
        em.flush();
        record(by, AnnouncementAction.DISCARD_POLICY_VERSION, row, row.kind() + " " + row.number());
    }

    @Override
    public Map<PolicyVersion, OffsetDateTime> discarded() {
        Map<PolicyVersion, OffsetDateTime> discarded = new LinkedHashMap<>();
        em.createQuery(
                        "select p from PolicyVersionRow p where p.discardedAt > :since order by p.discardedAt desc",
                        PolicyVersionRow.class)
                .setParameter("since", now().minus(Settings.KEPT_DISCARDED))
                .getResultList()
                .forEach(row -> row.discardedAt().ifPresent(at -> discarded.put(row.view(settings), at)));
        return discarded;
    }

    @Override
    public PolicyVersion bringBack(AccountId by, PolicyVersionId id) {
        OffsetDateTime since = now().minus(Settings.KEPT_DISCARDED);
        PolicyVersionRow row = Optional.ofNullable(
                        em.find(PolicyVersionRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
                .filter(one -> one.discardedAt().filter(since::isBefore).isPresent())
                .orElseThrow(() -> new AnnouncementRefused(Reason.VERSION_UNKNOWN));
        row.bringBack();
        em.flush();
        record(by, AnnouncementAction.BRING_BACK_POLICY_VERSION, row, row.kind() + " " + row.number());
        return row.view(settings);
    }

    public void forgetDiscarded(OffsetDateTime before) {
        em.createQuery("select p from PolicyVersionRow p where p.discardedAt <= :before", PolicyVersionRow.class)
                .setParameter("before", before)
                .getResultList()
                .forEach(em::remove);
        em.flush();
    }

    /** The number is free for another draft. */
    private void forgetDiscarded(PolicyKind kind) {
        em.createQuery(
                        "select p from PolicyVersionRow p where p.kind = :kind and p.discardedAt is not null",
                        PolicyVersionRow.class)
                .setParameter("kind", kind)
                .getResultList()
                .forEach(em::remove);
        em.flush();
    }

    @Override
    public List<Finding> findings(PolicyVersion version) {
        return lint.findings(version, before(version));
    }

    @Override
    public PolicyVersion publishFirst(AccountId by, PolicyVersionId id, Map<String, String> reasons) {
        PolicyVersionRow row = take(id);
        if (row.number() != 1) {
            throw new NotInThisState(Where.LATER_VERSION);
        }
        PolicyText english = row.view(settings).text(Locale.ENGLISH);
        if (english.markdown().isEmpty()) {
            throw new ContentRejected("en.markdown", Flaw.MISSING);
        }
        List<Finding> findings = findings(row.view(settings));
        List<Finding> open = HonestyLint.open(findings, reasons, Reasons.SHORTEST);
        if (!open.isEmpty()) {
            throw new FindingsOpen(open);
        }
        row.publish(now(), null);
        em.flush();
        record(by, AnnouncementAction.PUBLISH_POLICY_VERSION, row, row.kind() + " " + row.number());
        findings.forEach(finding -> record(
                by,
                AnnouncementAction.CONFIRM_POLICY_FINDING,
                row,
                finding.passage() + ": " + reasons.get(finding.key())));
        return row.view(settings);
    }

    /** The version that this content publishes. */
    public Optional<PolicyVersion> publishedBy(AnnouncementContent content) {
        return content.policyVersion().flatMap(this::find);
    }

    /** The published version before this one. */
    public Optional<PolicyVersion> before(PolicyVersion version) {
        return published(version.kind(), version.number() - 1);
    }

    /** Refuses an announcement whose version is not a complete draft, or whose day leaves too little time. */
    public void requireReady(PolicyKind kind, AnnouncementContent content) {
        Optional<PolicyVersionId> named = content.policyVersion();
        PolicyVersion version = named.flatMap(this::find).orElseThrow(() -> rejected(Flaw.MISSING));
        List<Problem> unsaid = version.texts().entrySet().stream()
                .filter(text -> text.getValue().summary().isEmpty())
                .map(text -> new Problem(text.getKey().getLanguage() + ".summary", Flaw.SUMMARY_MISSING))
                .toList();
        if (version.publishedAt().isEmpty() && version.kind() == kind && !unsaid.isEmpty()) {
            throw new ContentRejected(unsaid);
        }
        boolean complete = version.texts().containsKey(Locale.ENGLISH)
                && version.texts().values().stream()
                        .noneMatch(text -> text.markdown().isEmpty());
        if (version.kind() != kind || version.publishedAt().isPresent() || !complete) {
            throw rejected(Flaw.NOT_READY);
        }
        if (version.effectiveOn().isBefore(today().plusDays(settings.noticeDays()))) {
            throw rejected(Flaw.TOO_EARLY);
        }
    }

    private static ContentRejected rejected(Flaw flaw) {
        return new ContentRejected("policy", flaw);
    }

    public void publishWith(AccountId by, PolicyVersionId id, AnnouncementId announcement, OffsetDateTime publicFrom) {
        PolicyVersionRow row = take(id);
        row.publish(publicFrom, announcement);
        record(by, AnnouncementAction.PUBLISH_POLICY_VERSION, row, row.kind() + " " + row.number());
    }

    public void takeBack(AccountId by, PolicyVersionId id) {
        PolicyVersionRow row = take(id);
        row.takeBack(now());
        record(by, AnnouncementAction.TAKE_BACK_POLICY_VERSION, row, row.kind() + " " + row.number());
    }

    /** The first version that a new site begins with. */
    public void seed(PolicyKind kind, Map<Locale, PolicyText> texts) {
        if (!ofKind(kind).isEmpty()) {
            return;
        }
        forgetDiscarded(kind);
        em.persist(PolicyVersionRow.shipped(Ids.next(), kind, today(), texts, now()));
        em.flush();
    }

    @Override
    public String html(String source) {
        return markdown.html(source.length() > MAX_MARKDOWN ? source.substring(0, MAX_MARKDOWN) : source);
    }

    @Override
    public List<Policies.DiffLine> diff(String before, String after) {
        return LineDiff.between(before, after);
    }

    @Override
    public int noticeDays() {
        return settings.noticeDays();
    }

    private PolicyVersionRow take(PolicyVersionId id) {
        PolicyVersionRow row = em.find(PolicyVersionRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.discardedAt().isPresent()) {
            throw new AnnouncementRefused(Reason.VERSION_UNKNOWN);
        }
        return row;
    }

    private List<PolicyVersion> ofKind(PolicyKind kind) {
        return em.createQuery(
                        "select p from PolicyVersionRow p where p.kind = :kind and p.discardedAt is null",
                        PolicyVersionRow.class)
                .setParameter("kind", kind)
                .getResultStream()
                .map(row -> row.view(settings))
                .sorted(Comparator.comparingInt(PolicyVersion::number).reversed())
                .toList();
    }

    private void record(AccountId by, AuditAction action, PolicyVersionRow row, String detail) {
        audit.record(by, action, OBJECT, row.id(), detail);
    }

    private LocalDate today() {
        return now().toLocalDate();
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
