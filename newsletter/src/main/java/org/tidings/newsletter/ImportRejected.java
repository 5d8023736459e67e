package org.tidings.newsletter;

/** A file, or a statement, with which nothing can be imported. */
public final class ImportRejected extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        /** No statement of 20 to 1,000 characters how these people agreed. */
        BASIS_MISSING,
        EMPTY,
        NOT_UTF_8,
        /** Not RFC 4180: a quote never ends, a field is longer than 4,000 characters, a NUL. */
        NOT_CSV,
        /** The first row names no {@code address} or {@code email}. */
        NO_ADDRESS_COLUMN,
        TOO_MANY_ROWS
    }

    private final Reason reason;

    public ImportRejected(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
