package org.tidings.mail;

import java.util.List;

/**
 * One language of a mailing. Subject and body may hold {@code {{slot}}}.
 */
public record MailingContent(String subject, MailBody body, List<Attachment> attachments) {
    public MailingContent {
        attachments = List.copyOf(attachments);
    }
}
