package org.tidings.announcements;

import java.util.Locale;

/** Where in what is mailed or shown a {@link Finding} stands: a slot of the announcement, or the policy that it publishes. */
public enum Place {
    HEADLINE,
    WHAT,
    AFFECTED,
    IMPACT,
    ACTION,
    CONTACT,
    IF_MISSED,
    /** What changes, in plain words: part of the mail, and on the home page. */
    POLICY_SUMMARY,
    /** What the new version says and the one before did not. */
    POLICY_TEXT;

    public static Place of(Slot slot) {
        return valueOf(slot.name());
    }

    /** As used in field names and JSON: {@code if-missed}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
