package org.tidings.announcements;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidings.mail.RenderedMail;

/** Announcements in every state, as staff read them. */
public interface StaffAnnouncements {

    Optional<AnnouncementView> find(AnnouncementId announcement);

    /** The newest first. */
    List<AnnouncementView> newest(int limit);

    /**
     * The next page of those that were begun before this one, newest first.
     *
     * @param cursor the last one seen, empty to begin
     */
    List<AnnouncementView> page(Optional<AnnouncementId> cursor, int limit);

    /** All of one thread, oldest first. */
    List<AnnouncementView> thread(AnnouncementId thread);

    /**
     * The mail of an announcement: as it was sent, or as it would be.
     *
     * @throws AnnouncementRefused if gone
     */
    RenderedMail mail(AnnouncementId announcement, Locale language);

    /** What the author and the second person should know before it goes out; empty when it has. */
    List<Caution> cautions(AnnouncementId announcement);
}
