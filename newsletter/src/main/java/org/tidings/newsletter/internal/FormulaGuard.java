package org.tidings.newsletter.internal;

/**
 * SEC-55: a spreadsheet takes a field that begins with {@code = + - @} for a formula, so that our files have an apostrophe before it. What
 * begins with apostrophes and such a character gets one more, so that taking one off always gives back what there was.
 */
final class FormulaGuard {

    private static final String FORMULA = "=+-@\t\r\0";

    private FormulaGuard() {}

    static String on(String value) {
        return begins(value) ? "'" + value : value;
    }

    static String off(String value) {
        return value.startsWith("'") && begins(value) ? value.substring(1) : value;
    }

    private static boolean begins(String value) {
        int i = 0;
        while (i < value.length() && value.charAt(i) == '\'') {
            i++;
        }
        return i < value.length() && FORMULA.indexOf(value.charAt(i)) >= 0;
    }
}
