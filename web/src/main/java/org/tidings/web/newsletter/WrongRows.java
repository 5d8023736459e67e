package org.tidings.web.newsletter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportReport.RowError;

/** The rows of an import that were left out, as a file of their own: with the line and the problem before what stood there. */
final class WrongRows implements ImportOrder.WrongRows {

    /** Characters; the page carries them. */
    private static final int MOST = 1_000_000;

    private final StringBuilder csv = new StringBuilder();

    @Override
    public void add(List<String> header, List<String> fields, RowError error) {
        if (csv.length() > MOST) {
            return;
        }
        if (csv.length() == 0 && !header.isEmpty()) {
            csv.append(row(List.of("line", "problem"), header));
        }
        csv.append(row(List.of(Long.toString(error.line()), ApiViews.word(error.reason())), fields));
    }

    /** Empty if there are none. */
    String csv() {
        return csv.toString();
    }

    private static String row(List<String> before, List<String> fields) {
        List<String> all = new ArrayList<>(before);
        all.addAll(fields);
        return all.stream().map(WrongRows::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** SEC-55: nothing that a spreadsheet takes for a formula. */
    private static String quoted(String field) {
        String guarded = !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
        String shown = guarded.replace("\0", "");
        return shown.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + shown.replace("\"", "\"\"") + "\""
                : shown;
    }
}
