package org.tidings.announcements;

import java.util.List;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.PeopleWereTold;

/**
 * How what was announced ended. Said once, by a person, and for good: an ending is not undone by a later update, and a finished
 * incident does not become a cancelled one. What happens anew is a new announcement. Any announcement of a thread stands for the
 * thread.
 */
public interface Endings {

    /**
     * Begins the update that tells it by mail, with words to start from; approved and published as any other. When it is public, the
     * page, the feeds, the banner and every calendar say the same.
     *
     * @throws NotInThisState unless public, or once it is over
     * @throws ContentRejected if this type does not end so ({@code outcome}), or the time cannot be ({@code at})
     */
    AnnouncementView tell(AccountId by, AnnouncementId announcement, Ending ending);

    /**
     * Says it on the site, in the feeds and calendars only; what still waits to be sent is not sent. Never for what takes longer.
     *
     * @param confirmed that whoever was told by mail will not be told of the end
     * @throws PeopleWereTold if that is not confirmed
     * @throws NotInThisState unless public, or once it is over
     * @throws ContentRejected if this type does not end so ({@code outcome}), or the time cannot be ({@code at})
     */
    AnnouncementView close(AccountId by, AnnouncementId announcement, Ending ending, boolean confirmed);

    /** What can be said of its end now. */
    Choices choices(AnnouncementId announcement);

    /** Threads whose end is past and of which nobody has said yet how they ended, the longest waiting first. */
    List<AnnouncementView> unconfirmed();

    /**
     * The answers that are open.
     *
     * @param mail whether it can be told by mail at all; samples cannot
     * @param told how many were reached by mail
     * @param window that holds now
     */
    record Choices(List<Outcome> outcomes, boolean longer, boolean mail, long told, Optional<Window> window) {

        /** Nothing is left to be said. */
        public boolean none() {
            return outcomes.isEmpty() && !longer;
        }
    }
}
