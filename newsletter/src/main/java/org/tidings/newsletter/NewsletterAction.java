package org.tidings.newsletter;

import org.tidings.accounts.AuditAction;

/** What staff do with newsletters, issues and subscribers. */
public enum NewsletterAction implements AuditAction {
    BRING_BACK_ISSUE,
    CANCEL_ISSUE,
    CHANGE_NEWSLETTER,
    CREATE_NEWSLETTER,
    DISCARD_ISSUE,
    EXPORT_ISSUE_DELIVERIES,
    EXPORT_SUBSCRIBERS,
    IMPORT_SUBSCRIBERS,
    NAME_ELSEWHERE,
    OPEN_SUBSCRIBER,
    PAUSE_ISSUE,
    READ_ISSUE_DELIVERIES,
    READ_SUBSCRIBERS,
    RESEND_ISSUE,
    RESEND_ISSUE_TO_REST,
    RESUME_ISSUE,
    REWRITE_ISSUE,
    SCHEDULE_ISSUE,
    SEND_ISSUE,
    TEST_ISSUE,
    UNSUBSCRIBE_SUBSCRIBER,
    WRITE_ISSUE
}
