package org.tidings.announcements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementRefused.EmergencyNotReviewed;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;

/** What cannot wait for a second person: sent at once, reviewed afterwards, one at a time. */
public interface Emergencies {

    /**
     * Sends at once, before a second person has looked; a review is due within 24 hours. Urgent types only. All other announcers and
     * all administrators are told by mail, with a link to where it can be stopped.
     *
     * @throws FindingsOpen if a finding has no reason of at least ten characters
     * @throws EmergencyNotReviewed if one of another thread still waits for its review
     */
    AnnouncementView publishInEmergency(AccountId by, AnnouncementId announcement, Order order);

    /** The second person's look afterwards. @throws AnnouncementRefused for who wrote or sent it */
    AnnouncementView review(AccountId by, AnnouncementId announcement, String judgement);

    /** Not reviewed yet, oldest first. */
    List<AnnouncementView> unreviewed();

    /**
     * What is said to send it.
     *
     * @param typedCount as the number of recipients
     * @param reason why it cannot wait, at least ten characters
     * @param findingReasons one for each finding that is let stand, by {@link Finding#key}; the reviewer sees them
     * @param overrideReason why the monthly limit is exceeded
     */
    record Order(long typedCount, String reason, Map<String, String> findingReasons, Optional<String> overrideReason) {}
}
