package org.tidings.mail;

/** What a mail is, as finely as the decision who may be written to needs it (docs/who-may-be-written-to.md). */
public enum MailKind {
    /** Link that proves a mailbox for a registration. */
    REGISTRATION_CONFIRMATION(MessageClass.ACCOUNT),
    /** Link that a reader asked for and that proves her mailbox: confirms a subscription (double opt-in), or opens all that is kept about her. */
    SUBSCRIPTION_CONFIRMATION(MessageClass.ACCOUNT),
    /** Link that the person asked for and that proves a mailbox of an account: new address, password reset, reactivation. */
    MAILBOX_PROOF(MessageClass.ACCOUNT),
    /** Any other mail about the person's own account or subscription: change notices, invitations of holders. */
    ACCOUNT_NOTICE(MessageClass.ACCOUNT),
    /** Deactivation receipt, reactivation link, answer to a data request; also to deactivated accounts. */
    ACCOUNT_RECEIPT(MessageClass.ACCOUNT),
    /** The receipt of an erasure, posted in the erasing transaction; goes out though the person is gone. */
    LAST_RECEIPT(MessageClass.ACCOUNT),
    /** Maintenance, incident, end of service. */
    SERVICE_NOTICE(MessageClass.SERVICE),
    /** Change of terms, security. */
    LEGAL_OR_SECURITY_NOTICE(MessageClass.SERVICE),
    /** A new version of the privacy policy. */
    POLICY_CHANGE(MessageClass.SERVICE),
    /** A breach of data that is held: reaches deactivated accounts too. */
    DATA_BREACH_NOTICE(MessageClass.SERVICE),
    /** An issue of a newsletter. */
    NEWSLETTER_ISSUE(MessageClass.NEWSLETTER),
    /** A newsletter's first mail to who has just confirmed it. */
    WELCOME(MessageClass.NEWSLETTER),
    /** An issue sent to its editor only, with the headers it will have. */
    ISSUE_TEST(MessageClass.NEWSLETTER),
    /** An announcement sent to its announcer only. */
    ANNOUNCEMENT_TEST(MessageClass.SERVICE);

    private final MessageClass messageClass;

    MailKind(MessageClass messageClass) {
        this.messageClass = messageClass;
    }

    /** The class that decides sender, headers and lane. */
    public MessageClass messageClass() {
        return messageClass;
    }
}
