package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingLimits;

/** What does not change about a mailing, with its prepared contents. */
public record RunningMailing(
        UUID id,
        int number,
        MailKind kind,
        String audience,
        AudienceQuery query,
        OffsetDateTime notBefore,
        OffsetDateTime expiresAt,
        Optional<ListHeaders> list,
        Optional<UUID> inReplyTo,
        MailingLimits limits,
        long expected,
        List<Content> contents) {

    /** One language, prepared. */
    public record Content(Locale language, MessageTemplate template) {}

    /** When mails to people of that zone may go: now, or when its hours begin there. */
    public OffsetDateTime opens(OffsetDateTime now, ZoneId zone) {
        return limits.hours().map(hours -> hours.next(now, zone)).orElse(now);
    }

    /** The same for one person; {@code site} is the zone where hers is not known. */
    public OffsetDateTime opensFor(Addressee addressee, OffsetDateTime now, ZoneId site) {
        return opens(now, addressee.zone().orElse(site));
    }

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
