package org.tidings.newsletter;

/** An issue's life. */
public enum IssueState {
    DRAFT,
    /** Will be sent at a set time. */
    SCHEDULED,
    SENDING,
    SENT,
    /** Stopped before everybody got it. */
    CANCELLED
}
