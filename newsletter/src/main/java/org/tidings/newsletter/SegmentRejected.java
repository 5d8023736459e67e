package org.tidings.newsletter;

/** A condition that cannot be kept, or a segment that cannot go. */
public final class SegmentRejected extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        NAME_EMPTY,
        NAME_TOO_LONG,
        NAME_CHARACTERS,
        NAME_TAKEN,
        /** More than 60 steps, or more than 8 within each other, or more than 20,000 characters as it is kept. */
        TOO_LARGE,
        ATTRIBUTE_UNKNOWN,
        /** A value that the attribute cannot have. */
        VALUE,
        /** This sort of value cannot be looked at so. */
        COMPARISON,
        /** An issue that waits to be sent goes to it. */
        IN_USE
    }

    private final Reason reason;

    public SegmentRejected(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
