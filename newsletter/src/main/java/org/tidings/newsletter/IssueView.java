package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.mail.MailingId;

/**
 * An issue for staff.
 *
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
        long version) {}
