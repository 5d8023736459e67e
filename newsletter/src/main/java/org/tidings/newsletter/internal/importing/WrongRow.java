package org.tidings.newsletter.internal.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidings.newsletter.ImportReport.RowError;

/** A row that was left out, as a line of a file: where it stood and what is wrong before what it says. */
final class WrongRow {

    private WrongRow() {}

    static List<String> header(List<String> header) {
        return with(List.of("file", "line", "problem"), header);
    }

    static List<String> fields(List<String> fields, RowError error) {
        return with(
                List.of(
                        error.file(),
                        Long.toString(error.line()),
                        error.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')),
                fields);
    }

    private static List<String> with(List<String> before, List<String> fields) {
        List<String> all = new ArrayList<>(before);
        all.addAll(fields);
        return all;
    }
}
