package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.tidings.announcements.internal.policies.PolicyShelf;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Asks announcers once, by mail, when an end is past and nobody has said how it ended. */
@ApplicationScoped
@Transactional
class Reminders {

    private final Announcements announcements;
    private final EndingThreads endings;
    private final AnnouncersPost post;
    private final PolicyShelf policies;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the proxy
    Reminders() {
        announcements = null;
        endings = null;
        post = null;
        policies = null;
        clock = null;
    }

    @Inject
    Reminders(
            @AnnouncementsDb EntityManager em,
            EndingThreads endings,
            AnnouncersPost post,
            PolicyShelf policies,
            Clock clock) {
        this.announcements = new Announcements(em);
        this.endings = endings;
        this.post = post;
        this.policies = policies;
        this.clock = clock;
    }

    /** Each stated end once, on whichever node comes first; a later end is another one. */
    void remind() {
        OffsetDateTime now = Now.by(clock);
        announcements.endedByTheClock(now).stream()
                .filter(announcement -> !announcement.has(Step.Kind.REMINDED))
                .map(announcement -> announcements.takeFresh(announcement.id()))
                .filter(announcement -> !announcement.has(Step.Kind.REMINDED)
                        && announcement.outcome().isEmpty())
                .forEach(announcement -> {
                    announcement.reminded(now);
                    if (endings.holds(announcement)) {
                        post.unconfirmed(announcement);
                    }
                });
        announcements.flush();
    }

    /** Drafts that can be brought back no more. */
    void forgetDiscarded() {
        OffsetDateTime before = Now.by(clock).minus(Settings.KEPT_DISCARDED);
        announcements.forgetDiscarded(before);
        policies.forgetDiscarded(before);
    }
}
