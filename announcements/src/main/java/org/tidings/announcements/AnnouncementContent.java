package org.tidings.announcements;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.site.Languages;

/**
 * Everything that an announcer decides, and that a second person approves.
 *
 * @param window required by some types, see {@link AnnouncementType#needsStart}
 * @param wordings English is required; a language is all there or not at all
 * @param undoMinutes how long sending can be taken back, 0 to 60; below the site's value for urgent types only
 * @param policyVersion the version that this announcement publishes, required by types of a {@link AnnouncementType#policyKind}
 * @param outcome how it ended, if this update tells it; decided when the update is begun, see {@link Endings}
 */
public record AnnouncementContent(
        AnnouncementType type,
        SubjectPrefix prefix,
        Optional<Window> window,
        Map<Locale, Wording> wordings,
        int undoMinutes,
        Optional<PolicyVersionId> policyVersion,
        Optional<Outcome> outcome) {

    public AnnouncementContent {
        Map<Locale, Wording> kept = new LinkedHashMap<>();
        for (Locale language : Languages.ALL) {
            Wording wording = wordings.get(language);
            if (wording != null && (!wording.isEmpty() || language.equals(Locale.ENGLISH))) {
                kept.put(language, wording);
            }
        }
        wordings = Collections.unmodifiableMap(kept);
    }

    /** What tells no outcome. */
    public AnnouncementContent(
            AnnouncementType type,
            SubjectPrefix prefix,
            Optional<Window> window,
            Map<Locale, Wording> wordings,
            int undoMinutes,
            Optional<PolicyVersionId> policyVersion) {
        this(type, prefix, window, wordings, undoMinutes, policyVersion, Optional.empty());
    }

    public AnnouncementContent withOutcome(Optional<Outcome> how) {
        return new AnnouncementContent(type, prefix, window, wordings, undoMinutes, policyVersion, how);
    }

    /** What publishes no policy version. */
    public AnnouncementContent withoutPolicy() {
        return new AnnouncementContent(type, prefix, window, wordings, undoMinutes, Optional.empty(), outcome);
    }

    /** With the window ending then, where there is one. */
    public AnnouncementContent withEnd(OffsetDateTime end) {
        return new AnnouncementContent(
                type,
                prefix,
                window.map(known -> new Window(known.start(), Optional.of(end), known.zone())),
                wordings,
                undoMinutes,
                policyVersion,
                outcome);
    }

    /** In the reader's language, or else English. */
    public Wording wording(Locale language) {
        Wording wording = wordings.get(Locale.forLanguageTag(language.getLanguage()));
        return wording != null ? wording : wordings.getOrDefault(Locale.ENGLISH, new Wording(Map.of()));
    }

    /** The language that {@link #wording} gives. */
    public Locale languageFor(Locale wanted) {
        Locale plain = Locale.forLanguageTag(wanted.getLanguage());
        return wordings.containsKey(plain) ? plain : Locale.ENGLISH;
    }
}
