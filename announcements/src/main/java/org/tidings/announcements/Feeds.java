package org.tidings.announcements;

import java.time.OffsetDateTime;
import java.util.Locale;

/** Announcements for programs. All as text in UTF-8. */
public interface Feeds {

    /** Atom, RFC 4287. */
    String atom(Locale language);

    /** JSON Feed 1.1. */
    String json(Locale language);

    /** When any of them last became another: something was published or closed, or a window began or ended. */
    OffsetDateTime changedAt();

    /** All maintenance windows as iCalendar, RFC 5545: lines folded at 75 octets, CRLF line ends. */
    String calendar(Locale language);
}
