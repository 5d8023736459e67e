package org.tidings.accounts;

/** A new password breaks a rule of {@link Passwords}. Carries no part of it. */
public final class PasswordRejected extends RuntimeException {

    /** Which rule, for a message next to the field. */
    public enum Reason {
        /** Fewer than 15 code points (SEC-12). */
        TOO_SHORT,
        /** More than 128 code points; never truncated. */
        TOO_LONG,
        /** On the list of common passwords, or a plain pattern such as one word repeated (SEC-14). */
        COMMON,
        /** The site's name, the own address or the own name and little else. */
        PERSONAL
    }

    private final Reason reason;

    public PasswordRejected(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
