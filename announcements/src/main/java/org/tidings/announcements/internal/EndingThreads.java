package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementDesk;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementUnknown;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.ContentRejected;
import org.tidings.announcements.ContentRejected.Problem;
import org.tidings.announcements.ContentRejected.Reason;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Endings;
import org.tidings.announcements.NotInThisState;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PeopleWereTold;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Ends threads: by an update that tells it, or without a mail. What it is said of is always the part that holds now. */
@ApplicationScoped
@Transactional
class EndingThreads implements Endings {

    private final Announcements announcements;
    private final AnnouncementDesk desk;
    private final Mailings mailings;
    private final Accounts accounts;
    private final AuditLog audit;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the proxy
    EndingThreads() {
        announcements = null;
        desk = null;
        mailings = null;
        accounts = null;
        audit = null;
        clock = null;
    }

    @Inject
    EndingThreads(
            @AnnouncementsDb EntityManager em,
            AnnouncementDesk desk,
            Mailings mailings,
            Accounts accounts,
            AuditLog audit,
            Clock clock) {
        this.announcements = new Announcements(em);
        this.desk = desk;
        this.mailings = mailings;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public AnnouncementView tell(AccountId by, AnnouncementId id, Ending ending) {
        Announcement holding = holding(id, ending);
        AnnouncementContent before = holding.asItStands();
        Optional<OffsetDateTime> at = time(before, ending);
        AnnouncementView draft = desk.draftUpdate(by, holding.id());
        AnnouncementContent begun = draft.content();
        AnnouncementContent content = new AnnouncementContent(
                        begun.type(),
                        begun.type().prefixes().get(0),
                        before.window(),
                        wordings(before, begun, ending.outcome()),
                        begun.undoMinutes(),
                        Optional.empty())
                .withOutcome(ending.outcome());
        Announcement update = announcements.take(draft.id());
        update.edit(at.map(content::withEnd).orElse(content), by, now());
        announcements.flush();
        record(by, AnnouncementAction.TELL_ENDING, update, code(ending));
        return view(update);
    }

    /** Words to start from, where nobody has written others yet. */
    private static Map<Locale, Wording> wordings(
            AnnouncementContent before, AnnouncementContent begun, Optional<Outcome> outcome) {
        Map<Locale, Wording> wordings = new LinkedHashMap<>();
        begun.wordings().forEach((language, written) -> {
            Wording old = before.wordings().get(language);
            Texts texts = Texts.in(language);
            Map<Slot, String> slots = new EnumMap<>(Slot.class);
            for (Slot slot : Slot.values()) {
                String text = written.text(slot);
                boolean untouched = old == null || old.text(slot).equals(text);
                slots.put(
                        slot,
                        untouched ? first(texts, begun.type(), outcome, slot).orElse(text) : text);
            }
            wordings.put(language, new Wording(slots));
        });
        return wordings;
    }

    private static Optional<String> first(Texts texts, AnnouncementType type, Optional<Outcome> outcome, Slot slot) {
        String how = "ending." + outcome.map(Enum::name).orElse("LONGER") + "." + slot.key();
        return texts.ifThere(how + "." + type).or(() -> texts.ifThere(how));
    }

    @Override
    public AnnouncementView close(AccountId by, AnnouncementId id, Ending ending, boolean confirmed) {
        Outcome outcome = ending.outcome().orElseThrow(() -> rejected("outcome", Reason.NOT_ALLOWED));
        Announcement holding = holding(id, ending);
        Optional<OffsetDateTime> at = time(holding.content(), ending);
        long told = told(holding);
        boolean nobody = told == 0;
        for (MailingId mailing : mailings(holding)) {
            if (mailings.progress(mailing).map(MailingProgress::live).orElse(false)) {
                nobody &= mailings.cancel(mailing);
            }
        }
        if (!nobody && !confirmed) {
            throw new PeopleWereTold(told);
        }
        holding.close(outcome, now(), at);
        announcements.flush();
        record(
                by,
                AnnouncementAction.CLOSE_ANNOUNCEMENT,
                holding,
                outcome.name() + (told > 0 ? " not told: " + told : ""));
        return view(holding);
    }

    @Override
    public Choices choices(AnnouncementId id) {
        Announcement named = announcements.find(id).orElseThrow(AnnouncementUnknown::new);
        OffsetDateTime now = now();
        Optional<Announcement> holding =
                announcements.publicInThread(named.thread(), now).stream().findFirst();
        if (holding.isEmpty() || ended(named.thread())) {
            return new Choices(List.of(), false, false, 0, Optional.empty());
        }
        AnnouncementContent content = holding.get().asItStands();
        return new Choices(
                outcomes(content, now),
                content.type().work()
                        && content.window().isPresent()
                        && !holding.get().sample(),
                !holding.get().sample(),
                told(holding.get()),
                content.window());
    }

    private static List<Outcome> outcomes(AnnouncementContent content, OffsetDateTime now) {
        List<Outcome> outcomes = new ArrayList<>();
        AnnouncementType type = content.type();
        boolean ahead = content.window().map(Window::start).map(now::isBefore).orElse(false);
        // Work may be broken off when it has begun; what has happened cannot be called off.
        if (type.cancellable() && (ahead || type == AnnouncementType.MAINTENANCE)) {
            outcomes.add(Outcome.CANCELLED);
        }
        if (type.closable() && !ahead) {
            outcomes.add(Outcome.COMPLETED);
        }
        return outcomes;
    }

    @Override
    public List<AnnouncementView> unconfirmed() {
        return announcements.endedByTheClock(now()).stream()
                .filter(this::holds)
                .map(this::view)
                .toList();
    }

    /** Whether it is the part of its thread that holds. */
    boolean holds(Announcement announcement) {
        return announcements.publicInThread(announcement.thread(), now()).stream()
                .findFirst()
                .map(first -> first.id().equals(announcement.id()))
                .orElse(false);
    }

    /** The part that holds, taken, of what may end so. */
    private Announcement holding(AnnouncementId id, Ending ending) {
        AnnouncementId thread = announcements.find(id).map(Announcement::thread).orElseThrow(AnnouncementUnknown::new);
        // One at a time for a thread: two people may say it at once.
        announcements.take(thread);
        OffsetDateTime now = now();
        Announcement holding = announcements.publicInThread(thread, now).stream()
                .findFirst()
                .orElseThrow(() -> new NotInThisState("NOT_PUBLIC"));
        if (ended(thread)) {
            throw new NotInThisState(Announcement.ENDED);
        }
        AnnouncementContent content = holding.asItStands();
        boolean possible = ending.outcome()
                .map(outcomes(content, now)::contains)
                .orElse(content.type().work() && content.window().isPresent());
        if (!possible) {
            throw rejected("outcome", Reason.NOT_ALLOWED);
        }
        return announcements.take(holding.id());
    }

    /** Also by an update that is in its undo window. */
    private boolean ended(AnnouncementId thread) {
        return announcements.thread(thread).stream()
                .anyMatch(part -> part.outcome().isPresent());
    }

    /** When it was over, or will be; empty where there is no window, or nothing took place. */
    private Optional<OffsetDateTime> time(AnnouncementContent content, Ending ending) {
        if (content.window().isEmpty() || ending.outcome().equals(Optional.of(Outcome.CANCELLED))) {
            return Optional.empty();
        }
        OffsetDateTime start = content.window().get().start();
        OffsetDateTime now = now().truncatedTo(ChronoUnit.SECONDS);
        if (ending.outcome().isEmpty()) {
            OffsetDateTime until = ending.at().orElseThrow(() -> rejected("at", Reason.MISSING));
            boolean later = until.isAfter(now)
                    && content.window().get().end().map(until::isAfter).orElse(true);
            if (!later) {
                throw rejected("at", Reason.TOO_EARLY);
            }
            return Optional.of(until);
        }
        OffsetDateTime minute = now.truncatedTo(ChronoUnit.MINUTES);
        OffsetDateTime finished = ending.at().orElse(minute.isAfter(start) ? minute : now);
        if (finished.isAfter(now)) {
            throw rejected("at", Reason.NOT_YET);
        }
        if (!finished.isAfter(start)) {
            throw rejected("at", Reason.END_BEFORE_START);
        }
        return Optional.of(finished);
    }

    /** The mailing that reached most: nearly the same people got each. */
    private long told(Announcement holding) {
        return mailings(holding).stream()
                .flatMap(mailing -> mailings.progress(mailing).stream())
                .mapToLong(MailingProgress::sent)
                .max()
                .orElse(0);
    }

    private List<MailingId> mailings(Announcement holding) {
        return announcements.thread(holding.thread()).stream()
                .flatMap(part -> part.mailing().stream())
                .toList();
    }

    private static ContentRejected rejected(String field, Reason reason) {
        return new ContentRejected(List.of(new Problem(field, reason)));
    }

    private AnnouncementView view(Announcement announcement) {
        return desk.find(announcement.id()).orElseThrow(AnnouncementUnknown::new);
    }

    private static String code(Ending ending) {
        return ending.outcome().map(Enum::name).orElse("LONGER");
    }

    private void record(AccountId by, AuditAction action, Announcement announcement, String detail) {
        audit.record(by, action, "announcement", announcement.id().value(), detail);
        accounts.find(by).ifPresent(decider -> announcements.keepName(announcement.id(), decider));
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
