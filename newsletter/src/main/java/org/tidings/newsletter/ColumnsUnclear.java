package org.tidings.newsletter;

import java.util.List;

/** What was said about the columns cannot be. */
public final class ColumnsUnclear extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        ADDRESS_MISSING,
        /** Two columns for what a person has once. */
        TWICE,
        /** Nothing was said about it. */
        USE_MISSING,
        /** Not 1 to 40 letters, digits and underlines, beginning with a letter. */
        KEY_INVALID
    }

    private final Reason reason;
    private final List<String> titles;

    /** @param titles of the columns that it is about */
    public ColumnsUnclear(Reason reason, List<String> titles) {
        super(reason.name());
        this.reason = reason;
        this.titles = List.copyOf(titles);
    }

    public Reason reason() {
        return reason;
    }

    public List<String> titles() {
        return titles;
    }
}
