package org.tidings.newsletter;

import java.time.OffsetDateTime;

/**
 * A sent issue as everybody may read it: what was personal stands for nobody.
 *
 * @param html sanitised, without layout
 * @param text the same as plain text
 */
public record ArchivedIssue(
        IssueId id,
        NewsletterView newsletter,
        String subject,
        String preheader,
        OffsetDateTime sentAt,
        String html,
        String text) {}
