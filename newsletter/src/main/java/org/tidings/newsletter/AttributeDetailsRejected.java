package org.tidings.newsletter;

import java.util.Map;

/** An attribute that cannot be kept as it is; says which fields are wrong and why. */
public final class AttributeDetailsRejected extends RuntimeException {

    /** What is wrong with a field. */
    public enum Reason {
        EMPTY,
        TOO_LONG,
        CHARACTERS,
        TAKEN,
        /** The word means something else: a merge field, a column of the export. */
        RESERVED,
        /** No sentence that says what it is for (P1). */
        PURPOSE_MISSING,
        /** Less than two choices, or more than fifty, or one twice. */
        CHOICES,
        /** A choice that readers have cannot go. */
        CHOICE_IN_USE,
        /** There are a hundred already. */
        TOO_MANY
    }

    private final transient Map<String, Reason> fields;

    public AttributeDetailsRejected(Map<String, Reason> fields) {
        super(fields.toString());
        this.fields = Map.copyOf(fields);
    }

    /** {@code key}, {@code label.en}, {@code purpose.en}, {@code choices}, {@code seen-by}. */
    public Map<String, Reason> fields() {
        return fields;
    }
}
