package org.tidings.mail.internal.replies;

/** Why a server would not take a mail, or not yet. */
public enum Reason {
    /** The mailbox does not exist. */
    USER_UNKNOWN,
    /** The mailbox was closed or is disabled. */
    MAILBOX_DISABLED,
    /** The person has moved and the new address is not told. */
    MOVED,
    /** The address has a new owner (RFC 7293). */
    OWNER_CHANGED,
    /** The domain does not exist, or takes no mail (RFC 7505). */
    HOST_UNKNOWN,
    /** No way to the address was found; counts when it happens to two mails within thirty days. */
    UNROUTABLE,
    MAILBOX_FULL,
    MESSAGE_TOO_LARGE,
    /** It was tried for as long as somebody cared to. */
    EXPIRED,
    /** No connection, or one that broke. */
    UNREACHABLE,
    /** The other side is misconfigured: a loop, for example. */
    THEIR_CONFIGURATION,
    GREYLISTED,
    RATE_LIMITED,
    BUSY,
    TOO_MANY_RECIPIENTS,
    /** SPF, DKIM, DMARC, reverse DNS, sender address. */
    AUTHENTICATION,
    /** Our sign-in at the server was refused. */
    LOGIN,
    TLS,
    BLOCKLISTED,
    SPAM_CONTENT,
    POLICY,
    /** A command that the server did not understand. */
    PROTOCOL,
    /** The address needs SMTPUTF8 (RFC 6531), which is not offered. */
    UTF8_ADDRESS,
    UNKNOWN
}
