package org.tidings.announcements;

import java.util.List;
import java.util.Optional;
import org.tidings.mail.MailKind;

/** The closed list of reasons for which everybody may be written to. Nothing else is an announcement. */
public enum AnnouncementType {
    MAINTENANCE(MailKind.SERVICE_NOTICE, SubjectPrefix.MAINTENANCE, true),
    INCIDENT(MailKind.SERVICE_NOTICE, SubjectPrefix.INCIDENT, true),
    SECURITY(MailKind.LEGAL_OR_SECURITY_NOTICE, SubjectPrefix.SECURITY, true),
    TERMS_CHANGE(MailKind.LEGAL_OR_SECURITY_NOTICE, SubjectPrefix.TERMS, false),
    PRIVACY_POLICY(MailKind.POLICY_CHANGE, SubjectPrefix.PRIVACY_POLICY, false),
    END_OF_SERVICE(MailKind.SERVICE_NOTICE, SubjectPrefix.END_OF_SERVICE, false),
    DATA_BREACH(MailKind.DATA_BREACH_NOTICE, SubjectPrefix.DATA_BREACH, true);

    private final MailKind mailKind;
    private final SubjectPrefix prefix;
    private final boolean urgent;

    AnnouncementType(MailKind mailKind, SubjectPrefix prefix, boolean urgent) {
        this.mailKind = mailKind;
        this.prefix = prefix;
        this.urgent = urgent;
    }

    /** Decides who may be written to. */
    public MailKind mailKind() {
        return mailKind;
    }

    /** The prefixes that a subject may begin with; the first is the usual one. */
    public List<SubjectPrefix> prefixes() {
        return List.of(prefix, SubjectPrefix.ACTION_REQUIRED);
    }

    /** May be sent before the second person has looked, who then reviews it within 24 hours. */
    public boolean emergencyAllowed() {
        return urgent;
    }

    /** Whether the undo window may be shorter than the site's. */
    public boolean shortUndoAllowed() {
        return urgent && this != MAINTENANCE;
    }

    /** Needs a beginning: a window, or the day on which something takes effect. */
    public boolean needsStart() {
        return this == MAINTENANCE || this == INCIDENT || this == END_OF_SERVICE;
    }

    /** Needs an end as well. */
    public boolean needsEnd() {
        return this == MAINTENANCE;
    }

    /** Whether it can be called off. What has happened, and what has been decided, cannot. */
    public boolean cancellable() {
        return this == MAINTENANCE || this == INCIDENT || this == END_OF_SERVICE;
    }

    /** Whether somebody says that it is over; a new version of a policy takes effect by its day and is never over. */
    public boolean closable() {
        return policyKind().isEmpty();
    }

    /** Whether it is work that may take longer than was said, and is not over before somebody says so. */
    public boolean work() {
        return this == MAINTENANCE || this == INCIDENT;
    }

    /** The kind of policy whose new version it tells of. */
    public Optional<PolicyKind> policyKind() {
        return switch (this) {
            case PRIVACY_POLICY -> Optional.of(PolicyKind.PRIVACY);
            case TERMS_CHANGE -> Optional.of(PolicyKind.TERMS);
            default -> Optional.empty();
        };
    }
}
