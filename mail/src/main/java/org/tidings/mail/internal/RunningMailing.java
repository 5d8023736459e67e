package org.tidings.mail.internal;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailKind;

/**
 * What does not change about a mailing, with its prepared contents.
 *
 * @param date of the mails (A02): when sending could begin
 */
record RunningMailing(
        UUID id,
        int number,
        MailKind kind,
        String audience,
        AudienceQuery query,
        OffsetDateTime notBefore,
        OffsetDateTime expiresAt,
        OffsetDateTime date,
        Optional<ListHeaders> list,
        Optional<UUID> inReplyTo,
        List<Content> contents) {

    /** One language, prepared. */
    record Content(Locale language, MessageTemplate template) {}

    /** The content in the language, or at least in that language somewhere else, or the first. */
    MessageTemplate contentFor(Locale language) {
        for (Content content : contents) {
            if (content.language().equals(language)) {
                return content.template();
            }
        }
        for (Content content : contents) {
            if (content.language().getLanguage().equals(language.getLanguage())) {
                return content.template();
            }
        }
        return contents.get(0).template();
    }
}
