package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One message for many, as ordered.
 *
 * @param audience the {@link Audience}'s name
 * @param subject the or announcement's id, handed to the audience
 * @param title for staff, at most 200 characters
 * @param contents one for each language, the first is the default for people whose language is not there
 * @param expected how many recipients were counted, for the progress bar
 * @param notBefore the undo window's end: nothing is claimed earlier
 * @param expiresAt nothing is sent later (SND-07)
 * @param list for newsletters
 * @param inReplyTo an earlier mailing to the same audience whose mails this one answers (SVC-10)
 * @param limits its own pace and hours
 */
public record MailingOrder(
        MailKind kind,
        String audience,
        UUID subject,
        String title,
        List<MailingContent> contents,
        long expected,
        OffsetDateTime notBefore,
        OffsetDateTime expiresAt,
        Optional<ListHeaders> list,
        Optional<MailingId> inReplyTo,
        MailingLimits limits) {
    public MailingOrder {
        contents = List.copyOf(contents);
    }

    /** Without limits of its own. */
    public MailingOrder(
            MailKind kind,
            String audience,
            UUID subject,
            String title,
            List<MailingContent> contents,
            long expected,
            OffsetDateTime notBefore,
            OffsetDateTime expiresAt,
            Optional<ListHeaders> list,
            Optional<MailingId> inReplyTo) {
        this(
                kind,
                audience,
                subject,
                title,
                contents,
                expected,
                notBefore,
                expiresAt,
                list,
                inReplyTo,
                MailingLimits.NONE);
    }
}
