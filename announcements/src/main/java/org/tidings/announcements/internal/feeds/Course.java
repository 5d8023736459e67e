package org.tidings.announcements.internal.feeds;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PublicAnnouncements.Standing;
import org.tidings.announcements.Window;

/** How something announced stands at a moment, and whether that matters on every page. */
public final class Course {

    private static final int NEWS_DAYS = 14;

    private Course() {}

    /** @param effective when a policy version takes effect */
    public static Standing standing(
            AnnouncementContent content,
            @Nullable Outcome outcome,
            Optional<OffsetDateTime> effective,
            OffsetDateTime now) {
        if (outcome != null) {
            return outcome == Outcome.CANCELLED ? Standing.CANCELLED : Standing.COMPLETED;
        }
        Optional<OffsetDateTime> start = effective.or(() -> content.window().map(Window::start));
        boolean ahead = start.map(now::isBefore).orElse(false);
        boolean over = content.window()
                .flatMap(Window::end)
                .map(end -> !now.isBefore(end))
                .orElse(false);
        if (ahead) {
            return Standing.UPCOMING;
        }
        return switch (content.type()) {
            // Work is over when somebody says so.
            case MAINTENANCE, INCIDENT -> over ? Standing.UNCONFIRMED : Standing.UNDER_WAY;
            case END_OF_SERVICE -> Standing.COMPLETED;
            default -> Standing.PUBLISHED;
        };
    }

    /** The most severe comes first in the banner. */
    public static int severity(AnnouncementType type, Standing standing) {
        return switch (type) {
            case DATA_BREACH -> 0;
            case SECURITY -> 1;
            case INCIDENT -> standing == Standing.UPCOMING ? 4 : 2;
            case MAINTENANCE -> standing == Standing.UPCOMING ? 7 : 3;
            case PRIVACY_POLICY, TERMS_CHANGE -> 5;
            case END_OF_SERVICE -> 6;
        };
    }

    public static boolean matters(
            AnnouncementContent content,
            Standing standing,
            OffsetDateTime publishedAt,
            int bannerHours,
            OffsetDateTime now) {
        return switch (standing) {
            case UNDER_WAY, UNCONFIRMED -> true;
            case UPCOMING ->
                switch (content.type()) {
                    case MAINTENANCE, INCIDENT ->
                        content.window()
                                .map(window -> !now.isBefore(window.start().minusHours(bannerHours)))
                                .orElse(false);
                    default -> true;
                };
            case PUBLISHED -> now.isBefore(publishedAt.plusDays(NEWS_DAYS));
            case COMPLETED, CANCELLED -> false;
        };
    }
}
