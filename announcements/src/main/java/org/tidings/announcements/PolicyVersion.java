package org.tidings.announcements;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a policy.
 *
 * @param revision changes with every edit; handed back with the next one
 * @param number 1, 2, … within its kind
 * @param effectiveOn from the beginning of this day in UTC it holds
 * @param publishedAt empty for a draft; from then on it never changes
 * @param announcedBy the announcement that told everybody, empty for the first version
 */
public record PolicyVersion(
        PolicyVersionId id,
        long revision,
        PolicyKind kind,
        int number,
        LocalDate effectiveOn,
        Map<Locale, PolicyText> texts,
        Optional<OffsetDateTime> publishedAt,
        Optional<AnnouncementId> announcedBy) {

    /** In the reader's language, or else English. */
    public PolicyText text(Locale language) {
        PolicyText text = texts.get(languageFor(language));
        return text != null ? text : new PolicyText("", "");
    }

    public Locale languageFor(Locale wanted) {
        Locale plain = Locale.forLanguageTag(wanted.getLanguage());
        return texts.containsKey(plain) ? plain : Locale.ENGLISH;
    }
}
