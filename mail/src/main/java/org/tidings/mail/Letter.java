package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One mail to one person.
 *
 * @param purpose short stable name of the text, for limits and figures: {@code registration-confirmation}
 * @param realm the {@link Standing} that knows the person
 * @param person id in that realm
 * @param subject at most 200 characters, no control characters
 * @param slots values for slots in subject and body; empty where the texts are already personal
 * @param expiresAt not delivered later than this: never after a link in it is dead
 * @param list the newsletter's headers, for the class NEWSLETTER only
 */
public record Letter(
        MailKind kind,
        String purpose,
        String realm,
        UUID person,
        EmailAddress to,
        String name,
        String subject,
        MailBody body,
        Map<String, String> slots,
        OffsetDateTime expiresAt,
        Optional<ListHeaders> list) {}
