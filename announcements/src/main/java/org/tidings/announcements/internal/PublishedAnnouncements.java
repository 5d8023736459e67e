package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.Change;
import org.tidings.announcements.PublicAnnouncements;
import org.tidings.announcements.internal.composing.Changes;
import org.tidings.announcements.internal.feeds.Course;
import org.tidings.announcements.internal.policies.PolicyShelf;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Reads what is public, thread by thread. */
@ApplicationScoped
@Transactional
class PublishedAnnouncements implements PublicAnnouncements {

    private final Announcements announcements;
    private final PolicyShelf policies;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the proxy
    PublishedAnnouncements() {
        announcements = null;
        policies = null;
        clock = null;
    }

    @Inject
    PublishedAnnouncements(@AnnouncementsDb EntityManager em, PolicyShelf policies, Clock clock) {
        this.announcements = new Announcements(em);
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public List<PublicAnnouncement> newest(int limit) {
        OffsetDateTime now = now();
        Map<AnnouncementId, List<Announcement>> threads = new LinkedHashMap<>();
        // Updates of one thread share its entry, so more rows are read than entries are wanted.
        for (Announcement announcement : announcements.publicAt(now, limit * 3)) {
            threads.computeIfAbsent(announcement.thread(), thread -> new ArrayList<>())
                    .add(announcement);
        }
        return threads.entrySet().stream()
                .limit(limit)
                .map(thread -> entry(thread.getKey(), thread.getValue(), now))
                .toList();
    }

    @Override
    public Optional<PublicAnnouncement> find(AnnouncementId id) {
        OffsetDateTime now = now();
        return announcements
                .find(id)
                .map(Announcement::thread)
                .map(thread -> announcements.publicInThread(thread, now))
                .filter(parts -> !parts.isEmpty())
                .map(parts -> entry(parts.get(0).thread(), parts, now));
    }

    private PublicAnnouncement entry(AnnouncementId thread, List<Announcement> newestFirst, OffsetDateTime now) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            Announcement announcement = newestFirst.get(i);
            List<Change> changes = i + 1 < newestFirst.size()
                    ? Changes.between(newestFirst.get(i + 1).asItStands(), announcement.content())
                    : List.of();
            parts.add(new Part(
                    announcement.id(),
                    announcement.sequence(),
                    announcement.asItStands(),
                    announcement.publishedAt().orElse(now),
                    announcement.closedAt(),
                    changes));
        }
        Announcement latest = newestFirst.get(0);
        // An update of a change of terms publishes no version of its own.
        Optional<OffsetDateTime> effective = newestFirst.stream()
                .flatMap(part -> part.content().policyVersion().stream())
                .findFirst()
                .flatMap(policies::find)
                .map(version -> version.effectiveOn().atStartOfDay().atOffset(ZoneOffset.UTC));
        return new PublicAnnouncement(
                thread,
                Course.standing(latest.asItStands(), latest.outcomeAt(now).orElse(null), effective, now),
                parts);
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
