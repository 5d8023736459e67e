package org.tidings.newsletter;

import org.tidings.accounts.AuditAction;

/** What staff do with newsletters, issues and subscribers. */
public enum NewsletterAction implements AuditAction {
    BRING_BACK_ISSUE,
    CANCEL_ISSUE,
    CHANGE_NEWSLETTER,
    CREATE_NEWSLETTER,
    DISCARD_ISSUE,
    EXPORT_SUBSCRIBERS,
    IMPORT_SUBSCRIBERS,
    INVITE_READERS,
    NAME_ELSEWHERE,
    PAUSE_ISSUE,
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
