package org.tidings.mail;

/** Why a recipient was not written to. */
public enum SkipReason {
    NOT_CONFIRMED,
    UNSUBSCRIBED,
    DEACTIVATED,
    ERASED,
    COMPLAINED,
    HARD_BOUNCED,
    /** The mailing was cancelled, or its time was over. */
    CANCELLED,
    EXPIRED,
    /** No server could carry the address (RFC 6531 without SMTPUTF8). */
    ADDRESS_NOT_REACHABLE,
    /** Wants nothing of it for a while; the next one after that comes. */
    PAUSED
}
