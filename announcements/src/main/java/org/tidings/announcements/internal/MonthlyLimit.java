package org.tidings.announcements.internal;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Optional;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.Publications.MonthlyUse;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.announcements.internal.settings.Reasons;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.Now;

/** How many announcements people get without a special reason. */
@Dependent
class MonthlyLimit {

    private static final int MONTH_DAYS = 30;

    private final Announcements announcements;
    private final Settings settings;
    private final Clock clock;

    @Inject
    MonthlyLimit(@AnnouncementsDb EntityManager em, Settings settings, Clock clock) {
        this.announcements = new Announcements(em);
        this.settings = settings;
        this.clock = clock;
    }

    MonthlyUse use() {
        return new MonthlyUse(
                announcements.publishedSince(Now.by(clock).minusDays(MONTH_DAYS)), settings.monthlyLimit());
    }

    /**
     * The reason why this one exceeds it; empty where it does not.
     *
     * @throws AnnouncementRefused where there is none
     */
    String whyBeyond(Announcement announcement, Optional<String> given) {
        // That something ended is owed to everybody who was told of it.
        if (new AnnouncementThread(announcements, announcement).tells().isPresent() || !use().reached()) {
            return "";
        }
        return given.filter(reason -> !Reasons.isMissing(reason))
                .map(Reasons::shortened)
                .orElseThrow(() -> new AnnouncementRefused(Reason.MONTHLY_LIMIT_REACHED));
    }
}
