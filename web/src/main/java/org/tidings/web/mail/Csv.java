package org.tidings.web.mail;

import java.io.IOException;
import java.io.Writer;

/** Writes rows after RFC 4180 that a spreadsheet does not take for formulas (SEC-55). */
final class Csv {

    private Csv() {}

    /** The byte order mark, without which Excel takes UTF-8 for the letters of its own country. */
    static void begin(Writer writer) throws IOException {
        writer.write('\uFEFF');
    }

    static void row(Writer writer, String... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                writer.write(',');
            }
            writer.write(quoted(fields[i]));
        }
        writer.write("\r\n");
    }

    private static String quoted(String field) {
        String guarded = !field.isEmpty() && "=+-@\t\r\0".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
        return guarded.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + guarded.replace("\"", "\"\"") + "\""
                : guarded;
    }
}
