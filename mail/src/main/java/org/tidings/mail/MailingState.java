package org.tidings.mail;

/** Where a mailing is. {@code RUNNING} includes the undo window. */
public enum MailingState {
    RUNNING,
    PAUSED,
    CANCELLED,
    FINISHED
}
