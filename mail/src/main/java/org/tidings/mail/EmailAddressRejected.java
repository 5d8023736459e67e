package org.tidings.mail;

import java.util.Optional;

/** An address that cannot be written to. Carries no part of what was typed but for one character. */
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
    private final transient Optional<Integer> character;

    public EmailAddressRejected(Reason reason) {
        this(reason, Optional.empty());
    }

    /** @param character a code point that cannot be where it is */
    public EmailAddressRejected(Reason reason, Optional<Integer> character) {
        super(reason.name());
        this.reason = reason;
        this.character = character;
    }

    public Reason reason() {
        return reason;
    }

    /** The first code point that cannot be where it is, to be named beside the field; empty where it is not for a character. */
    public Optional<Integer> character() {
        return character;
    }
}
