package org.tidings.announcements;

import java.util.List;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;

/**
 * Where announcements are written. Every step of an announcement is in the audit log. The role is checked by the caller; that the second
 * person is another one is checked here.
 */
public interface Drafts {

    /** @throws ContentRejected where a field cannot be kept at all; what is merely incomplete may be saved */
    AnnouncementView draft(AccountId author, AnnouncementContent content);

    /**
     * Begins an update with what stands now, to be changed. An update of what is over says so too; how something ended is told by
     * {@link Endings}.
     *
     * @throws NotInThisState unless published
     */
    AnnouncementView draftUpdate(AccountId author, AnnouncementId published);

    /**
     * Changes it; an approval or submission is void from then on.
     *
     * @param version of the view that was edited
     * @throws AnnouncementRefused for {@link AnnouncementRefused.Reason#EDITED_MEANWHILE} if it is no longer that
     * @throws NotInThisState if published
     */
    AnnouncementView edit(AccountId editor, AnnouncementId announcement, long version, AnnouncementContent content);

    /**
     * Throws a draft away: no method knows it any more but {@link #bringBack}, for a week. Of an update until the next one is begun.
     *
     * @throws NotInThisState if published
     */
    void discard(AccountId by, AnnouncementId announcement);

    /** Thrown away in the last week, the last one first; {@code editedAt} is when. */
    List<AnnouncementView> discarded(int limit);

    /**
     * Makes it a draft again.
     *
     * @throws AnnouncementRefused for {@link AnnouncementRefused.Reason#UNKNOWN} if it was not thrown away, too long ago, or another
     *     update was begun in its place
     */
    AnnouncementView bringBack(AccountId by, AnnouncementId announcement);

    /** The site's undo window in minutes. */
    int undoMinutes();
}
