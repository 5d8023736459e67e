package org.tidings.site;

import java.io.IOException;

/**
 * How the site writes a file for spreadsheets: RFC 4180 in UTF-8, and nothing that is taken for a formula (SEC-55). A field that begins
 * with {@code = + - @} gets an apostrophe before it; what begins with apostrophes and such a character gets one more, so that taking one
 * off always gives back what there was.
 */
public final class Spreadsheet {

    private static final String FORMULA = "=+-@\t\r\0";
    /** The byte order mark, without which Excel takes UTF-8 for the letters of its own country. */
    private static final char MARK = '\uFEFF';

    private Spreadsheet() {}

    public static void begin(Appendable file) throws IOException {
        file.append(MARK);
    }

    public static void row(Appendable file, Iterable<String> fields) throws IOException {
        String divider = "";
        for (String field : fields) {
            file.append(divider).append(quoted(guarded(field).replace("\0", "")));
            divider = ",";
        }
        file.append("\r\n");
    }

    public static String guarded(String value) {
        return isTakenForAFormula(value) ? "'" + value : value;
    }

    public static String unguarded(String value) {
        return value.startsWith("'") && isTakenForAFormula(value) ? value.substring(1) : value;
    }

    private static boolean isTakenForAFormula(String value) {
        int i = 0;
        while (i < value.length() && value.charAt(i) == '\'') {
            i++;
        }
        return i < value.length() && FORMULA.indexOf(value.charAt(i)) >= 0;
    }

    private static String quoted(String field) {
        return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + field.replace("\"", "\"\"") + "\""
                : field;
    }
}
