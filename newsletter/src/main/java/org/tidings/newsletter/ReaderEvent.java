package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Something that happened with a reader.
 *
 * @param about the newsletter's or the name; of what staff did its code; may be empty
 * @param means how she agreed or left
 * @param detail a reason that staff gave, the statement of an import; may be empty
 */
public record ReaderEvent(OffsetDateTime at, Kind kind, String about, Optional<Means> means, String detail) {

    /** What happened. */
    public enum Kind {
        /** Her address was entered here for the first time. */
        ENTERED,
        /** She asked for a newsletter, and has not confirmed. */
        ASKED,
        AGREED,
        /** Agreed again after she had left. */
        RETURNED,
        LEFT,
        /** An issue was taken by her mail server. */
        GOT,
        /** An issue did not reach her. */
        NOT_REACHED,
        /** Staff did something at this record. */
        BY_STAFF
    }
}
