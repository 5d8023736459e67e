package org.tidings.accounts;

/** A display name that cannot be kept: control characters or more than 100 code points. */
public final class NameRejected extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        CONTROL_CHARACTER
    }

    private final Reason reason;

    public NameRejected(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
