package org.tidings.announcements;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands on top of every page while it matters: upcoming within the configured hours, under way, not confirmed as over, unresolved. Cheap: kept
 * for two seconds.
 */
public interface Banner {

    /** At most three, the most severe first. */
    List<Line> lines(Locale language);

    /** How many more matter now, for whom there is no line. */
    int more();

    /**
     * @param id the thread's
     * @param language that the headline is in
     */
    record Line(
            AnnouncementId id,
            AnnouncementType type,
            PublicAnnouncements.Standing standing,
            Locale language,
            String headline,
            Optional<Window> window) {}
}
