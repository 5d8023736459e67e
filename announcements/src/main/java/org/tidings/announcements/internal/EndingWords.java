package org.tidings.announcements.internal;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Wording;
import org.tidings.announcements.internal.words.Texts;

/** Words to start from for the update that tells an ending, where nobody has written others yet. */
record EndingWords(AnnouncementType type, Optional<Outcome> outcome) {

    static String code(Ending ending) {
        return code(ending.outcome());
    }

    private static String code(Optional<Outcome> outcome) {
        return outcome.map(Enum::name).orElse("LONGER");
    }

    /** @param begun the update as it stands; what differs from before was written by somebody, and stays */
    Map<Locale, Wording> wordings(AnnouncementContent before, AnnouncementContent begun) {
        Map<Locale, Wording> wordings = new LinkedHashMap<>();
        begun.wordings()
                .forEach((language, written) -> wordings.put(
                        language, wording(Texts.in(language), before.wordings().get(language), written)));
        return wordings;
    }

    private Wording wording(Texts texts, @Nullable Wording old, Wording written) {
        Map<Slot, String> slots = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            String text = written.text(slot);
            boolean untouched = old == null || old.text(slot).equals(text);
            slots.put(slot, untouched ? first(texts, slot).orElse(text) : text);
        }
        return new Wording(slots);
    }

    private Optional<String> first(Texts texts, Slot slot) {
        String how = "ending." + code(outcome) + "." + slot.key();
        return texts.ifThere(how + "." + type).or(() -> texts.ifThere(how));
    }
}
