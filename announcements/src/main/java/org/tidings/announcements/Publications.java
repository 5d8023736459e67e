package org.tidings.announcements;

import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.mail.AudienceCount;

/** From what was approved to everybody. */
public interface Publications {

    /** Counts who would get it now, with reasons for who would not. */
    AudienceCount audience(AnnouncementId announcement);

    /** How many were published in the last 30 days, and how many may be without a reason. */
    MonthlyUse monthlyUse();

    /**
     * Starts sending an approved announcement after the undo window.
     *
     * @param typedCount what the person typed as the number of recipients
     * @param overrideReason why the monthly limit is exceeded
     * @throws NotInThisState unless approved
     * @throws ContentRejected if nobody could get it in time any more
     * @throws AnnouncementRefused if what would be sent is not what was approved, the number is not the audience's, or the monthly limit is
     *     reached and no reason given
     */
    AnnouncementView publish(
            AccountId by, AnnouncementId announcement, long typedCount, Optional<String> overrideReason);

    /** Announcements of the last 30 days. */
    record MonthlyUse(long published, int limit) {
        public boolean reached() {
            return published >= limit;
        }
    }
}
