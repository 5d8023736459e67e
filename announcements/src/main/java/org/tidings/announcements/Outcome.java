package org.tidings.announcements;

/** How what was announced ended. */
public enum Outcome {
    /** Done, solved, over. */
    COMPLETED,
    /** Will not take place. */
    CANCELLED
}
