package org.tidings.announcements.internal;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Caution;
import org.tidings.announcements.Window;

/** Looks for what is easily overlooked: mails that come too late, and texts of another time than the window's. */
final class Cautions {

    /** What sending is given besides the undo window: half an hour is too late for some at the largest sites, and none needs more. */
    static final Duration SENDING = Duration.ofMinutes(15);

    private Cautions() {}

    static List<Caution> of(Announcement announcement, OffsetDateTime now) {
        List<Caution> cautions = new ArrayList<>();
        AnnouncementContent content = announcement.content();
        if (content.outcome().isEmpty()) {
            OffsetDateTime out = now.plusMinutes(content.undoMinutes()).plus(SENDING);
            Optional<OffsetDateTime> end = content.window().flatMap(Window::end);
            if (content.type() == AnnouncementType.MAINTENANCE
                    && end.map(out::isAfter).orElse(false)) {
                cautions.add(new Caution(Caution.Kind.ENDS_BEFORE_SENT, Locale.ENGLISH));
            } else if (beginsTooSoon(content, now, out)) {
                cautions.add(new Caution(Caution.Kind.BEGINS_BEFORE_SENT, Locale.ENGLISH));
            }
        }
        announcement
                .olderThanTheWindow()
                .forEach(language -> cautions.add(new Caution(Caution.Kind.TEXT_OLDER_THAN_WINDOW, language)));
        return cautions;
    }

    /** Whoever tells that planned work goes on knows that it has begun; so does who tells of an incident. */
    private static boolean beginsTooSoon(AnnouncementContent content, OffsetDateTime now, OffsetDateTime out) {
        Optional<OffsetDateTime> start = content.window().map(Window::start);
        boolean soon = start.map(out::isAfter).orElse(false);
        return switch (content.type()) {
            case MAINTENANCE -> soon;
            case INCIDENT, END_OF_SERVICE -> soon && start.map(now::isBefore).orElse(false);
            default -> false;
        };
    }
}
