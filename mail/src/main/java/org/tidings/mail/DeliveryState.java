package org.tidings.mail;

/** What happened to one recipient of a mailing. */
public enum DeliveryState {
    WAITING,
    CLAIMED,
    HANDED_OVER,
    DEFERRED,
    FAILED,
    SKIPPED,
    /** Died after the content and before the reply; tried again with the same Message-ID. */
    DOUBTFUL
}
