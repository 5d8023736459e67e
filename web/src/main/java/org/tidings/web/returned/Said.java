package org.tidings.web.returned;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.web.pages.PageContext;

/** Why an address was suppressed, in the reader's language where we have words for it; else what the other side said. */
public final class Said {

    private static final Pattern REASON =
            Pattern.compile("([A-Z0-9]+(?:_[A-Z0-9]+)*)( [245]\\.[0-9]{1,3}\\.[0-9]{1,3})?");
    private static final Pattern COMPLAINT = Pattern.compile("complaint: ?([A-Za-z_-]*)");

    private Said() {}

    /** {@code USER_UNKNOWN 5.1.1} as {@code No such mailbox 5.1.1}. */
    public static String words(PageContext page, String detail) {
        if (COMPLAINT.matcher(detail).matches()) {
            return page.t("returned.said.complaint");
        }
        Matcher reason = REASON.matcher(detail);
        if (reason.matches()) {
            String key = "returned.reason."
                    + reason.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
            String words = page.t(key);
            if (!words.equals(key)) {
                return words + (reason.group(2) == null ? "" : reason.group(2));
            }
        }
        return detail;
    }
}
