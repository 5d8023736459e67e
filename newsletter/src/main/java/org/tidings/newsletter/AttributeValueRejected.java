package org.tidings.newsletter;

/** What was typed is no value of this attribute. */
public final class AttributeValueRejected extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        /** A character that no text may have, such as a line break. */
        ODD_CHARACTER,
        NO_NUMBER,
        /** 10^15 or more, or more than six decimals. */
        OUT_OF_RANGE,
        NO_DATE,
        /** A date or number that can be read in two ways: 03/04/2026; 1,234. */
        TWO_MEANINGS,
        NO_CHOICE,
        NEITHER_YES_NOR_NO,
        /** There is no such attribute. */
        UNKNOWN,
        /** Not for who said it. */
        NOT_ALLOWED
    }

    private final Reason reason;

    public AttributeValueRejected(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
