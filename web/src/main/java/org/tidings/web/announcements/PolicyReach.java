package org.tidings.web.announcements;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;

/** Who was told of a new policy version (P6): figures of the mailing of the announcement that published it. */
@ApplicationScoped
public class PolicyReach {

    /**
     * What is known of one version.
     *
     * @param figures empty while nobody is written to yet
     */
    public record Reach(AnnouncementId announcement, Optional<MailingProgress> figures) {}

    @Inject
    StaffAnnouncements announcements;

    @Inject
    Mailings mailings;

    /** Of those versions that an announcement published. */
    Map<PolicyVersionId, Reach> of(List<PolicyVersion> versions) {
        Map<PolicyVersionId, Reach> all = new HashMap<>();
        for (PolicyVersion version : versions) {
            version.announcedBy()
                    .ifPresent(announcement -> all.put(version.id(), new Reach(announcement, figures(announcement))));
        }
        return all;
    }

    private Optional<MailingProgress> figures(AnnouncementId announcement) {
        return announcements
                .find(announcement)
                .flatMap(AnnouncementView::mailing)
                .flatMap(mailings::progress);
    }
}
