package org.tidings.announcements.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;

/** A {@link Wording} in columns; a record cannot be embedded by EclipseLink 4. */
@Embeddable
class WordingRow {
    private String headline = "";
    private String what = "";
    private String affected = "";
    private String impact = "";

    @Column(name = "action_needed")
    private String action = "";

    private String contact = "";

    @Column(name = "if_missed")
    private String ifMissed = "";

    /** {@link #name} of the window for which it was last written; null where that was not kept yet. */
    @Column(name = "written_for")
    private @Nullable String writtenFor;

    protected WordingRow() {}

    WordingRow(Wording wording) {
        headline = wording.text(Slot.HEADLINE);
        what = wording.text(Slot.WHAT);
        affected = wording.text(Slot.AFFECTED);
        impact = wording.text(Slot.IMPACT);
        action = wording.text(Slot.ACTION);
        contact = wording.text(Slot.CONTACT);
        ifMissed = wording.text(Slot.IF_MISSED);
    }

    /** @param before what stood here until now: the same text is as old as it was */
    WordingRow writtenFor(String window, @Nullable WordingRow before) {
        writtenFor = before == null || !before.wording().equals(wording()) ? window : before.writtenFor;
        return this;
    }

    boolean isOlderThan(String window) {
        return writtenFor != null && !writtenFor.equals(window);
    }

    static String name(Optional<Window> window) {
        return window.map(w -> w.start().toInstant() + "/"
                        + w.end().map(end -> end.toInstant().toString()).orElse("") + "/"
                        + w.zone().getId())
                .orElse("");
    }

    Wording wording() {
        Map<Slot, String> texts = new EnumMap<>(Slot.class);
        texts.put(Slot.HEADLINE, headline);
        texts.put(Slot.WHAT, what);
        texts.put(Slot.AFFECTED, affected);
        texts.put(Slot.IMPACT, impact);
        texts.put(Slot.ACTION, action);
        texts.put(Slot.CONTACT, contact);
        texts.put(Slot.IF_MISSED, ifMissed);
        return new Wording(texts);
    }
}
