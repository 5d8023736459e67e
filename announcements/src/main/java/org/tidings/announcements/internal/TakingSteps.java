package org.tidings.announcements.internal;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.site.Now;

/**
 * What every step has in common: the announcement is taken, so that of two at the same time the second sees what the first has done; the
 * step is in the audit log; and whose it was is kept by the name of then.
 */
@Dependent
class TakingSteps {

    private static final String OBJECT = "announcement";

    private final Announcements announcements;
    private final ReadingAnnouncements reading;
    private final Accounts accounts;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    TakingSteps(
            @AnnouncementsDb EntityManager em,
            ReadingAnnouncements reading,
            Accounts accounts,
            AuditLog audit,
            Clock clock) {
        this.announcements = new Announcements(em);
        this.reading = reading;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    Announcements announcements() {
        return announcements;
    }

    Announcement take(AnnouncementId id) {
        return announcements.take(id);
    }

    /** @param detail for the audit log */
    void record(AccountId by, AnnouncementAction action, Announcement announcement, String detail) {
        announcements.flush();
        audit.record(by, action, OBJECT, announcement.id().value(), detail);
        accounts.find(by).ifPresent(decider -> announcements.keepName(announcement.id(), decider));
    }

    /** As {@link #record}, and how it stands now. */
    AnnouncementView taken(AccountId by, AnnouncementAction action, Announcement announcement, String detail) {
        record(by, action, announcement, detail);
        return reading.view(announcement);
    }

    AnnouncementView taken(AccountId by, AnnouncementAction action, Announcement announcement) {
        return taken(by, action, announcement, "");
    }

    List<AnnouncementView> views(List<Announcement> all) {
        return reading.views(all);
    }

    OffsetDateTime now() {
        return Now.by(clock);
    }
}
