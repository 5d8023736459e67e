package org.tidings.newsletter;

/** Why somebody left, as far as she says. */
public enum LeavingReason {
    TOO_OFTEN,
    NOT_FOR_ME,
    NEVER_ASKED_FOR,
    HARD_TO_READ,
    OTHER
}
