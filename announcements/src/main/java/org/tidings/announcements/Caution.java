package org.tidings.announcements;

import java.util.Locale;

/**
 * Something that may be meant so and is easily overlooked. Hinders nothing.
 *
 * @param language of the text it is about; English where it is about none
 */
public record Caution(Kind kind, Locale language) {

    /** What to look at. */
    public enum Kind {
        /** It begins before the undo window is over and the mails are out. */
        BEGINS_BEFORE_SENT,
        /** It ends before the undo window is over and the mails are out. */
        ENDS_BEFORE_SENT,
        /** The window was moved after this text was written. */
        TEXT_OLDER_THAN_WINDOW
    }
}
