package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Flaw;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.NotInThisState.Where;
import org.tidings.announcements.AnnouncementRefused.PeopleWereTold;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Drafts;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Endings;
import org.tidings.announcements.Outcome;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;
import org.tidings.site.Transactional;

/** Ends threads: by an update that tells it, or without a mail. What it is said of is always the part that holds now. */
@ApplicationScoped
@Transactional
class EndingThreads implements Endings {

    private final TakingSteps steps;
    private final ReadingAnnouncements reading;
    private final Drafts drafts;
    private final Mailings mailings;

    @SuppressWarnings("NullAway") // for the proxy
    EndingThreads() {
        steps = null;
        reading = null;
        drafts = null;
        mailings = null;
    }

    @Inject
    EndingThreads(TakingSteps steps, ReadingAnnouncements reading, Drafts drafts, Mailings mailings) {
        this.steps = steps;
        this.reading = reading;
        this.drafts = drafts;
        this.mailings = mailings;
    }

    @Override
    public AnnouncementView tell(AccountId by, AnnouncementId id, Ending ending) {
        Announcement holding = holding(id, ending);
        AnnouncementContent before = holding.asItStands();
        Optional<OffsetDateTime> at = new HowItEnds(before, steps.now()).time(ending);
        AnnouncementView draft = drafts.draftUpdate(by, holding.id());
        AnnouncementContent content = telling(before, draft.content(), ending);
        Announcement update = steps.take(draft.id());
        update.edit(at.map(content::withEnd).orElse(content), by, steps.now());
        return steps.taken(by, AnnouncementAction.TELL_ENDING, update, EndingWords.code(ending));
    }

    private static AnnouncementContent telling(AnnouncementContent before, AnnouncementContent begun, Ending ending) {
        return new AnnouncementContent(
                        begun.type(),
                        begun.type().prefixes().get(0),
                        before.window(),
                        new EndingWords(begun.type(), ending.outcome()).wordings(before, begun),
                        begun.undoMinutes(),
                        Optional.empty())
                .withOutcome(ending.outcome());
    }

    @Override
    public AnnouncementView close(AccountId by, AnnouncementId id, Ending ending, boolean confirmed) {
        Outcome outcome = ending.outcome().orElseThrow(() -> new ContentRejected("outcome", Flaw.NOT_ALLOWED));
        Announcement holding = holding(id, ending);
        Optional<OffsetDateTime> at = new HowItEnds(holding.content(), steps.now()).time(ending);
        long told = told(holding);
        if (!endsBeforeAnybodyIsTold(holding, told) && !confirmed) {
            throw new PeopleWereTold(told);
        }
        holding.close(outcome, steps.now(), at);
        return steps.taken(
                by,
                AnnouncementAction.CLOSE_ANNOUNCEMENT,
                holding,
                outcome.name() + (told > 0 ? " not told: " + told : ""));
    }

    /** What still waits to be sent is not sent; that may come too late for some. */
    private boolean endsBeforeAnybodyIsTold(Announcement holding, long told) {
        boolean nobody = told == 0;
        for (MailingId mailing : mailings(holding)) {
            if (mailings.progress(mailing).map(MailingProgress::live).orElse(false)) {
                nobody &= mailings.cancel(mailing);
            }
        }
        return nobody;
    }

    @Override
    public Choices choices(AnnouncementId id) {
        Announcement named = steps.announcements().find(id).orElseThrow(AnnouncementRefused::unknown);
        return partThatHolds(named.thread())
                .filter(holding -> !ended(holding.thread()))
                .map(this::choices)
                .orElseGet(() -> new Choices(List.of(), false, false, 0, Optional.empty()));
    }

    private Choices choices(Announcement holding) {
        AnnouncementContent content = holding.asItStands();
        HowItEnds how = new HowItEnds(content, steps.now());
        return new Choices(
                how.outcomes(),
                how.mayTakeLonger() && !holding.sample(),
                !holding.sample(),
                told(holding),
                content.window());
    }

    @Override
    public List<AnnouncementView> unconfirmed() {
        return steps.announcements().endedByTheClock(steps.now()).stream()
                .filter(this::holds)
                .map(reading::view)
                .toList();
    }

    /** Whether it is the part of its thread that holds. */
    boolean holds(Announcement announcement) {
        return partThatHolds(announcement.thread())
                .map(first -> first.id().equals(announcement.id()))
                .orElse(false);
    }

    private Optional<Announcement> partThatHolds(AnnouncementId thread) {
        return steps.announcements().publicInThread(thread, steps.now()).stream()
                .findFirst();
    }

    /** The part that holds, taken, of what may end so. */
    private Announcement holding(AnnouncementId id, Ending ending) {
        AnnouncementId thread =
                steps.announcements().find(id).map(Announcement::thread).orElseThrow(AnnouncementRefused::unknown);
        // One at a time for a thread: two people may say it at once.
        steps.take(thread);
        Announcement holding = partThatHolds(thread).orElseThrow(() -> new NotInThisState(Where.NOT_PUBLIC));
        if (ended(thread)) {
            throw new NotInThisState(Where.ENDED);
        }
        new HowItEnds(holding.asItStands(), steps.now()).requirePossible(ending);
        return steps.take(holding.id());
    }

    /** Also by an update that is in its undo window. */
    private boolean ended(AnnouncementId thread) {
        return steps.announcements().thread(thread).stream()
                .anyMatch(part -> part.outcome().isPresent());
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
        return steps.announcements().thread(holding.thread()).stream()
                .flatMap(part -> part.mailing().stream())
                .toList();
    }
}
