package org.tidings.announcements.internal.composing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.Change;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Wording;
import org.tidings.announcements.internal.words.Texts;
import org.tidings.announcements.internal.words.Times;

/** What an update changes, slot by slot. */
public final class Changes {

    private Changes() {}

    public static List<Change> between(AnnouncementContent before, AnnouncementContent after) {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<Locale, Wording> entry : after.wordings().entrySet()) {
            Locale language = entry.getKey();
            Texts texts = Texts.in(language);
            Times times = new Times(texts);
            if (!before.window().equals(after.window())) {
                changes.add(new Change(
                        language,
                        texts.text("slot.when"),
                        before.window().map(times::local).orElse("–"),
                        after.window().map(times::local).orElse("–")));
            }
            Wording old = before.wordings().get(language);
            // How it ended is said by the whole notice; its other texts are no changes of what was announced.
            if (old != null && after.outcome().isEmpty()) {
                for (Slot slot : Slot.values()) {
                    String was = old.text(slot);
                    String now = entry.getValue().text(slot);
                    if (!was.equals(now)) {
                        changes.add(new Change(language, texts.text("slot." + slot.key()), was, now));
                    }
                }
            }
        }
        return List.copyOf(changes);
    }
}
