package org.tidings.web.newsletter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.site.Spreadsheet;

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
            row(List.of("line", "problem"), header);
        }
        row(List.of(Long.toString(error.line()), ApiViews.word(error.reason())), fields);
    }

    /** Empty if there are none. */
    String csv() {
        return csv.toString();
    }

    private void row(List<String> before, List<String> fields) {
        List<String> all = new ArrayList<>(before);
        all.addAll(fields);
        try {
            Spreadsheet.row(csv, all);
        } catch (IOException e) {
            throw new AssertionError("memory can be written to", e);
        }
    }
}
