package org.tidings.announcements;

/** There is no such announcement. */
public final class AnnouncementUnknown extends RuntimeException {
    public AnnouncementUnknown() {
        super("no such announcement");
    }
}
