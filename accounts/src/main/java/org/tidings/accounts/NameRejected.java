package org.tidings.accounts;

/** A display name that cannot be kept. */
public final class NameRejected extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        /** More than 100 code points. */
        TOO_LONG,
        CONTROL_CHARACTER,
        /** What mail programs make a link of. */
        LINK,
        /** Invisible characters that turn the direction of writing. */
        DIRECTION
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
