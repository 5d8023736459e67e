package org.tidings.newsletter;

import java.util.Map;

/** Something about a reader that cannot be kept; says which fields are wrong and why. */
public final class ReaderRejected extends RuntimeException {

    /** What is wrong with a field. */
    public enum Reason {
        EMPTY,
        TOO_LONG,
        CHARACTERS,
        /** A name that mail programs would make a link of. */
        LINK,
        /** No reason, or no proof, of 20 characters for a proof and 5 for a reason. */
        TOO_SHORT,
        /** Her account says it. */
        HAS_ACCOUNT,
        /** There is no other reader with this address. */
        UNKNOWN
    }

    private final transient Map<String, Reason> fields;

    public ReaderRejected(Map<String, Reason> fields) {
        super(fields.toString());
        this.fields = Map.copyOf(fields);
    }

    public ReaderRejected(String field, Reason reason) {
        this(Map.of(field, reason));
    }

    /** {@code name}, {@code reason}, {@code proof}, {@code newsletter}, {@code other}. */
    public Map<String, Reason> fields() {
        return fields;
    }
}
