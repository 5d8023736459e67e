package org.tidings.mail;

/** A person's standing as the module that owns the person knows it; complaints and bounces are this module's own. */
public enum PersonState {
    /** Asked for an account or a subscription, mailbox not proved. */
    REGISTRATION,
    /** An account in use. */
    ACTIVE,
    /** A confirmed subscription to the newsletter in question. */
    SUBSCRIBED,
    /** The same, but she wants nothing of it for a while. */
    PAUSED,
    /** The subscription in question has ended. */
    UNSUBSCRIBED,
    /** The holder closed the account and may come back. */
    DEACTIVATED,
    /** Unknown, gone. */
    ERASED
}
