package org.tidings.announcements.internal.settings;

import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.Reason;

/** What a person writes to say why. */
public final class Reasons {

    public static final int SHORTEST = 10;
    private static final int LONGEST = 1_000;

    private Reasons() {}

    public static String required(String typed) {
        if (isMissing(typed)) {
            throw new AnnouncementRefused(Reason.REASON_MISSING);
        }
        return shortened(typed);
    }

    public static boolean isMissing(String typed) {
        return typed.strip().length() < SHORTEST;
    }

    public static String shortened(String typed) {
        String plain = typed.strip();
        return plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST));
    }
}
