package org.tidings.announcements;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * An announcement's text in one language; plain text, paragraphs divided by an empty line.
 *
 * @param texts one for each {@link Slot}; missing ones are empty
 */
public record Wording(Map<Slot, String> texts) {

    public Wording {
        EnumMap<Slot, String> all = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            all.put(slot, texts.getOrDefault(slot, "").strip().replace("\r\n", "\n"));
        }
        texts = all;
    }

    public String text(Slot slot) {
        return texts.getOrDefault(slot, "");
    }

    /** Nothing was written but, perhaps, how to get in touch. */
    public boolean isEmpty() {
        return Arrays.stream(Slot.values())
                .filter(slot -> slot != Slot.CONTACT)
                .allMatch(slot -> text(slot).isEmpty());
    }
}
