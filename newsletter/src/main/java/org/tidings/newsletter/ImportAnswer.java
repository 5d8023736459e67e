package org.tidings.newsletter;

/** What a value of an imported file means that the import does not understand; said by whoever imports it. */
public enum ImportAnswer {
    /** It says nothing against writing to the person. */
    SUBSCRIBED,
    /** Comes in as left. */
    LEFT,
    /** Comes in as left, and the address is suppressed. */
    BLOCKED,
    /** Does not come in at all. */
    LEAVE_OUT
}
