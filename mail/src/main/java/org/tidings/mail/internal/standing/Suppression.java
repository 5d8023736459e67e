package org.tidings.mail.internal.standing;

/** What came back from an address and now stands against writing to it. */
public enum Suppression {
    HARD_BOUNCED(1),
    COMPLAINED(2);

    private final int code;

    Suppression(int code) {
        this.code = code;
    }

    /** As stored. */
    int code() {
        return code;
    }

    static Suppression of(int code) {
        return code == 1 ? HARD_BOUNCED : COMPLAINED;
    }
}
