package org.tidings.mail.internal.standing;

import java.util.Optional;
import java.util.Set;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;

/**
 * The one decision who may be written to (docs/who-may-be-written-to.md), at the moment of claiming. Cells are those of the table there;
 * what a complaint or a dead address forbids comes before what the person's state allows.
 */
public final class WhoMayBeWrittenTo {

    private WhoMayBeWrittenTo() {}

    /**
     * @param suppressed what came back from the address earlier
     * @return why not, or empty for yes
     */
    public static Optional<SkipReason> whyNot(MailKind kind, PersonState state, Set<Suppression> suppressed) {
        Optional<SkipReason> byState = byState(kind, state);
        return byState.isPresent() ? byState : bySuppression(kind, suppressed);
    }

    private static Optional<SkipReason> byState(MailKind kind, PersonState state) {
        return switch (kind) {
            case NEWSLETTER_ISSUE, WELCOME ->
                switch (state) {
                    case SUBSCRIBED -> Optional.empty();
                    case PAUSED -> Optional.of(SkipReason.PAUSED);
                    case REGISTRATION, ACTIVE -> Optional.of(SkipReason.NOT_CONFIRMED);
                    case UNSUBSCRIBED -> Optional.of(SkipReason.UNSUBSCRIBED);
                    case DEACTIVATED -> Optional.of(SkipReason.DEACTIVATED);
                    case ERASED -> Optional.of(SkipReason.ERASED);
                };
            case SERVICE_NOTICE, LEGAL_OR_SECURITY_NOTICE, POLICY_CHANGE ->
                switch (state) {
                    case ACTIVE, SUBSCRIBED, PAUSED, UNSUBSCRIBED -> Optional.empty();
                    case REGISTRATION -> Optional.of(SkipReason.NOT_CONFIRMED);
                    case DEACTIVATED -> Optional.of(SkipReason.DEACTIVATED);
                    case ERASED -> Optional.of(SkipReason.ERASED);
                };
            case DATA_BREACH_NOTICE ->
                switch (state) {
                    case ACTIVE, SUBSCRIBED, PAUSED, UNSUBSCRIBED, DEACTIVATED -> Optional.empty();
                    case REGISTRATION -> Optional.of(SkipReason.NOT_CONFIRMED);
                    case ERASED -> Optional.of(SkipReason.ERASED);
                };
            case REGISTRATION_CONFIRMATION, SUBSCRIPTION_CONFIRMATION ->
                switch (state) {
                    case REGISTRATION, ACTIVE, SUBSCRIBED, PAUSED, UNSUBSCRIBED -> Optional.empty();
                    case DEACTIVATED -> Optional.of(SkipReason.DEACTIVATED);
                    case ERASED -> Optional.of(SkipReason.ERASED);
                };
            case MAILBOX_PROOF ->
                switch (state) {
                    case ACTIVE, SUBSCRIBED, PAUSED, UNSUBSCRIBED, DEACTIVATED -> Optional.empty();
                    case REGISTRATION -> Optional.of(SkipReason.NOT_CONFIRMED);
                    case ERASED -> Optional.of(SkipReason.ERASED);
                };
            case ACCOUNT_NOTICE, ISSUE_TEST, ANNOUNCEMENT_TEST ->
                switch (state) {
                    case ACTIVE, SUBSCRIBED, PAUSED, UNSUBSCRIBED -> Optional.empty();
                    case REGISTRATION -> Optional.of(SkipReason.NOT_CONFIRMED);
                    case DEACTIVATED -> Optional.of(SkipReason.DEACTIVATED);
                    case ERASED -> Optional.of(SkipReason.ERASED);
                };
            case ACCOUNT_RECEIPT ->
                switch (state) {
                    case ACTIVE, SUBSCRIBED, PAUSED, UNSUBSCRIBED, DEACTIVATED -> Optional.empty();
                    case REGISTRATION -> Optional.of(SkipReason.NOT_CONFIRMED);
                    case ERASED -> Optional.of(SkipReason.ERASED);
                };
            case LAST_RECEIPT -> Optional.empty();
        };
    }

    private static Optional<SkipReason> bySuppression(MailKind kind, Set<Suppression> suppressed) {
        if (suppressed.contains(Suppression.HARD_BOUNCED)) {
            // The mailbox is gone: announcements stand on the banner, account mail waits for a new address. Only what
            // proves a mailbox goes, since there is no other way back; once a day, which posting sees to.
            return switch (kind) {
                case REGISTRATION_CONFIRMATION, SUBSCRIPTION_CONFIRMATION, MAILBOX_PROOF -> Optional.empty();
                default -> Optional.of(SkipReason.HARD_BOUNCED);
            };
        }
        if (suppressed.contains(Suppression.COMPLAINED)) {
            return switch (kind) {
                case NEWSLETTER_ISSUE, WELCOME, SERVICE_NOTICE -> Optional.of(SkipReason.COMPLAINED);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }
}
