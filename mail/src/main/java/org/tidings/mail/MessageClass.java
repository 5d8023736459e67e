package org.tidings.mail;

/** Why a message may be sent at all; decides sender address, headers and lane. */
public enum MessageClass {
    /** Someone asked for it, or a security event of an account. */
    ACCOUNT,
    /** An announcement: mandatory for every account holder. */
    SERVICE,
    /** A newsletter issue: only with consent. */
    NEWSLETTER
}
