package org.tidings.newsletter.internal.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.ImportRejected;

/** The lists of what was sent, looked at together: a read-me beside them is left aside. */
final class Lists {

    private Lists() {}

    /** A list; without columns it is left aside. */
    record Looked(ImportSource source, @Nullable ImportColumns columns) {

        boolean isList() {
            return columns != null;
        }
    }

    /** @throws ImportRejected if there is none, or they are too long */
    static List<Looked> look(ImportSources sources, int mostRows) throws IOException {
        List<Looked> looked = new ArrayList<>();
        ImportRejected first = null;
        long rows = 0;
        for (ImportSource source : sources.lists()) {
            try {
                ImportColumns columns = ImportColumns.find(source, mostRows);
                boolean alone = sources.lists().size() == 1;
                boolean list = alone || columns.places().address() >= 0;
                looked.add(new Looked(source, list ? columns : null));
                rows += list ? columns.rows() : 0;
            } catch (ImportRejected e) {
                first = first == null || e.reason() == ImportRejected.Reason.TOO_MANY_ROWS ? e : first;
                looked.add(new Looked(source, null));
            }
        }
        if (rows > mostRows) {
            throw new ImportRejected(ImportRejected.Reason.TOO_MANY_ROWS);
        }
        if (first != null
                && (first.reason() == ImportRejected.Reason.TOO_MANY_ROWS
                        || looked.stream().noneMatch(Looked::isList))) {
            throw first;
        }
        if (looked.stream().noneMatch(Looked::isList)) {
            throw new ImportRejected(ImportRejected.Reason.NO_ADDRESS_COLUMN);
        }
        return looked;
    }

    /** Where nobody can be asked about the columns. */
    static List<Reading.Understood> understood(ImportSources sources, int mostRows) throws IOException {
        List<Reading.Understood> lists = new ArrayList<>();
        for (Looked one : look(sources, mostRows)) {
            ImportColumns columns = one.columns();
            if (columns != null) {
                columns.requireClear();
                boolean alone = sources.lists().size() == 1;
                lists.add(new Reading.Understood(
                        one.source(), columns, alone ? "" : one.source().name()));
            }
        }
        return lists;
    }
}
