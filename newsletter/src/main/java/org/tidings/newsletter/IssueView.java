package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;

/**
 * An issue for staff.
 *
 * @param limits its pace and hours; none while it is a draft
 * @param version to be given back when it is changed or sent
 */
public record IssueView(
        IssueId id,
        NewsletterView newsletter,
        IssueText text,
        IssueState state,
        AccountId author,
        OffsetDateTime createdAt,
        OffsetDateTime changedAt,
        Optional<OffsetDateTime> scheduledFor,
        Optional<OffsetDateTime> sentAt,
        Optional<MailingId> mailing,
        MailingLimits limits,
        long version) {}
