package org.tidings.announcements;

/** An emergency was sent and no second person has looked at it yet: a second one has to wait, unless it is of the same thread. */
public final class EmergencyNotReviewed extends RuntimeException {
    private final AnnouncementId open;
    private final String headline;

    /** @param headline of the one that waits, in English */
    public EmergencyNotReviewed(AnnouncementId open, String headline) {
        super("an emergency waits for its review");
        this.open = open;
        this.headline = headline;
    }

    /** The one that waits for its review. */
    public AnnouncementId open() {
        return open;
    }

    public String headline() {
        return headline;
    }
}
