package org.tidings.newsletter;

import org.tidings.accounts.AuditAction;

/** What staff do with newsletters, issues and subscribers. */
public enum NewsletterAction implements AuditAction {
    ADD_WEBHOOK,
    BRING_BACK_ISSUE,
    CANCEL_ISSUE,
    CHANGE_NEWSLETTER,
    CHANGE_WEBHOOK,
    CREATE_NEWSLETTER,
    DISCARD_ISSUE,
    EXPORT_SUBSCRIBERS,
    IMPORT_SUBSCRIBERS,
    INVITE_READERS,
    NAME_ELSEWHERE,
    PAUSE_ISSUE,
    REMOVE_WEBHOOK,
    RESEND_ISSUE,
    RESEND_ISSUE_TO_REST,
    RESUME_ISSUE,
    REWRITE_ISSUE,
    SAY_OWN_WORDS,
    SCHEDULE_ISSUE,
    SEND_ISSUE,
    TEST_ISSUE,
    UNSUBSCRIBE_SUBSCRIBER,
    WRITE_ISSUE
}
