package org.tidings.announcements;

/** Where an announcement is on its way. */
public enum AnnouncementState {
    /** Being written; every edit leads back here. */
    DRAFT,
    /** Waits for the second person. */
    SUBMITTED,
    /** A second person approved exactly this content; may be published. */
    APPROVED,
    /** On its way: public from the end of the undo window on. */
    PUBLISHED
}
