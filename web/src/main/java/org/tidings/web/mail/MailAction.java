package org.tidings.web.mail;

import org.tidings.accounts.AuditAction;

/** What staff do with the mail of the site. */
public enum MailAction implements AuditAction {
    ACTIVATE_SIGNING_KEY,
    ALLOW_ALL_SENDING,
    CHECK_SIGNING_KEY,
    DISMISS_MAIL_ALARM,
    GENERATE_SIGNING_KEY,
    GO_ON_AFTER_RESTORE,
    LIFT_RECEIVER_LIMIT,
    LIFT_SUPPRESSION,
    OPEN_SUPPRESSED_ADDRESS,
    READ_RETURNED_MAIL,
    REMOVE_SIGNING_KEY,
    RESUME_STOPPED_MAILING,
    RETIRE_SIGNING_KEY,
    SEND_TO_UNACCOUNTED,
    STOP_ALL_SENDING,
    WRITE_OFF_UNACCOUNTED
}
