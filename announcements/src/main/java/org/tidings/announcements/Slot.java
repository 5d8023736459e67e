package org.tidings.announcements;

import java.util.Locale;

/** The fixed questions that every announcement answers. There is no free text besides. */
public enum Slot {
    /** The subject after its prefix, at most 120 characters. */
    HEADLINE(120),
    WHAT(2_000),
    AFFECTED(1_000),
    IMPACT(1_000),
    ACTION(1_000),
    CONTACT(300),
    /** What happens if the reader does not get this? The reason why it may be sent to everybody. */
    IF_MISSED(1_000);

    private final int limit;

    Slot(int limit) {
        this.limit = limit;
    }

    /** At most this many code points. */
    public int limit() {
        return limit;
    }

    /** As used in field names and JSON: {@code if-missed}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
