package org.tidings.mail;

/** An address that cannot be written to. Carries no part of what was typed. */
public final class EmailAddressRejected extends RuntimeException {

    /** What is wrong, for a message next to the field. */
    public enum Reason {
        EMPTY,
        /** More than 254 characters, or a local part of more than 64 octets. */
        TOO_LONG,
        /** CR, LF, NUL or another control character. */
        CONTROL_CHARACTER,
        /** Not an address after RFC 5321; also comments, groups, quoted local parts and address literals. */
        SYNTAX,
        /** The domain is no valid IDNA 2008 name or has no dot. */
        DOMAIN
    }

    private final Reason reason;

    public EmailAddressRejected(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
