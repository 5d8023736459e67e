package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Caution;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.mail.RenderedMail;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Shows announcements in every state. */
@ApplicationScoped
@Transactional
class ReadingAnnouncements implements StaffAnnouncements {

    private final Announcements announcements;
    private final GuardingAnnouncements guarding;
    private final ComposingAnnouncements composing;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the proxy
    ReadingAnnouncements() {
        announcements = null;
        guarding = null;
        composing = null;
        clock = null;
    }

    @Inject
    ReadingAnnouncements(
            @AnnouncementsDb EntityManager em,
            GuardingAnnouncements guarding,
            ComposingAnnouncements composing,
            Clock clock) {
        this.announcements = new Announcements(em);
        this.guarding = guarding;
        this.composing = composing;
        this.clock = clock;
    }

    @Override
    public Optional<AnnouncementView> find(AnnouncementId id) {
        return announcements.find(id).map(this::view);
    }

    @Override
    public List<AnnouncementView> newest(int limit) {
        return views(announcements.newest(limit));
    }

    @Override
    public List<AnnouncementView> page(Optional<AnnouncementId> cursor, int limit) {
        return views(announcements.page(cursor, limit));
    }

    @Override
    public List<AnnouncementView> thread(AnnouncementId thread) {
        return views(announcements.thread(thread));
    }

    @Override
    public RenderedMail mail(AnnouncementId id, Locale language) {
        return composing.shown(known(id), language);
    }

    @Override
    public List<Caution> cautions(AnnouncementId id) {
        Announcement announcement = known(id);
        return announcement.state() == AnnouncementState.PUBLISHED
                ? List.of()
                : Cautions.of(announcement, Now.by(clock));
    }

    private Announcement known(AnnouncementId id) {
        return announcements.find(id).orElseThrow(AnnouncementRefused::unknown);
    }

    List<AnnouncementView> views(List<Announcement> all) {
        return all.stream().map(this::view).toList();
    }

    AnnouncementView view(Announcement announcement) {
        AnnouncementThread thread = new AnnouncementThread(announcements, announcement);
        boolean sent = announcement.state() == AnnouncementState.PUBLISHED;
        return new AnnouncementView(
                announcement.id(),
                announcement.version(),
                announcement.thread(),
                announcement.sequence(),
                announcement.state(),
                announcement.content(),
                announcement.contributors(),
                announcement.editedAt(),
                announcement.digest(),
                sent ? announcement.confirmed() : guarding.findings(announcement),
                Map.copyOf(sent ? announcement.reasons() : thread.reasons()),
                announcement.decision(Step.Kind.SUBMITTED),
                announcement.decision(Step.Kind.APPROVED),
                announcement.decision(Step.Kind.REJECTED),
                announcement.decision(Step.Kind.PUBLISHED),
                announcement.publishedAt(),
                announcement.mailing(),
                announcement.audienceCount(),
                announcement.emergency(),
                thread.ended(),
                thread.changes());
    }
}
