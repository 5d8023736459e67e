package org.tidings.newsletter.internal.importing;

/** What an imported file says of a person, the strictest last: of several columns and of several rows that one counts. */
public enum Said {
    SUBSCRIBED,
    /** Kept out, as somebody answered. */
    LEAVE_OUT,
    /** Never confirmed. */
    PENDING,
    LEFT,
    BOUNCED,
    BLOCKED,
    COMPLAINED;

    /** Whether the address is not to be written to, not only by this newsletter. */
    boolean suppresses() {
        return compareTo(BOUNCED) >= 0;
    }

    Said strictest(Said other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
