package org.tidings.announcements;

/** How what was announced ended; said by a person, never by the clock. */
public enum Outcome {
    /** Done, solved, over. */
    COMPLETED,
    /** Will not take place. */
    CANCELLED
}
