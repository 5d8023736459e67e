package org.tidings.web.accounts;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.accounts.AuditLog.AuditEntry;
import org.tidings.web.pages.PageContext;

/**
 * The audit log in the words of who reads it. What is kept are stable codes ({@code change-roles}, {@code PRIVACY_OFFICER}), so that
 * old entries can be read in every language.
 */
public final class AuditWords {

    private static final Pattern CODE = Pattern.compile("\\b[A-Z][A-Z_]{2,}\\b");
    private static final Pattern CODES = Pattern.compile("[A-Z][A-Z_]{2,}( [A-Z][A-Z_]{2,})*");
    private static final Pattern COUNT = Pattern.compile("([0-9]{1,18})( found)?");
    private static final Pattern DIGEST = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

    private AuditWords() {}

    /** What was done, {@code Sent an issue}; the code itself for one that has no words. */
    public static String action(PageContext page, AuditEntry entry) {
        return words(page, "audit.action.", entry.action(), entry.action());
    }

    /** What is on record about it; reasons that people typed stay as they are. */
    public static String detail(PageContext page, AuditEntry entry) {
        String detail = entry.detail();
        Matcher count = COUNT.matcher(detail);
        if (count.matches()) {
            long n = Long.parseLong(count.group(1));
            String key = "audit.count." + entry.action();
            String words = page.t(key, n);
            return words.equals(key) ? page.number(n) : words;
        }
        if (CODES.matcher(detail).matches()) {
            return coded(page, detail.replace(" ", ", "));
        }
        if (entry.action().equals("schedule-issue")) {
            return moment(page, detail);
        }
        String known = words(page, "audit.detail.", detail.replace(' ', '-'), "");
        if (!known.isEmpty()) {
            return known;
        }
        String text = DIGEST.matcher(coded(page, detail)).replaceAll("$1…");
        return text.replace(" recipients: ", " " + page.t("audit.recipients") + " ")
                .replace(" findings confirmed: ", " " + page.t("audit.findings") + " ")
                .replace(" not told: ", " " + page.t("audit.not-told") + " ")
                .replace(" reason: ", " " + page.t("audit.reason") + " ");
    }

    private static String coded(PageContext page, String text) {
        return CODE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(words(
                        page,
                        "audit.code.",
                        found.group().toLowerCase(Locale.ROOT).replace('_', '-'),
                        found.group())));
    }

    private static String moment(PageContext page, String detail) {
        try {
            return page.dateTime(OffsetDateTime.parse(detail));
        } catch (DateTimeParseException e) {
            return detail;
        }
    }

    private static String words(PageContext page, String area, String code, String otherwise) {
        String words = page.t(area + code);
        return words.equals(area + code) ? otherwise : words;
    }
}
