package org.tidings.announcements;

import java.util.Map;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;

/** The second person's part. */
public interface Approvals {

    /**
     * Hands it to the second person.
     *
     * @throws ContentRejected if something is missing
     * @throws FindingsOpen if there is one that cannot be confirmed
     */
    AnnouncementView submit(AccountId by, AnnouncementId announcement);

    /**
     * Approves exactly what was shown.
     *
     * @param digest of the view that was shown
     * @param reasons one for each finding that is let stand, by {@link Finding#key}
     * @throws AnnouncementRefused if {@code by} wrote, edited or submitted it, or the digest is no longer that
     * @throws FindingsOpen if a finding has no reason of at least ten characters
     */
    AnnouncementView approve(AccountId by, AnnouncementId announcement, String digest, Map<String, String> reasons);

    /** Sends it back to its author. */
    AnnouncementView reject(AccountId by, AnnouncementId announcement, String reason);
}
