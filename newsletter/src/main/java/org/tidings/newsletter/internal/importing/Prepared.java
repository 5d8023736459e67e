package org.tidings.newsletter.internal.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.Imports.Chosen;

/**
 * What was sent, unpacked and looked at on this node.
 *
 * @param encoding that was asked for
 */
record Prepared(ImportSources sources, List<Lists.Looked> lists, String encoding) implements AutoCloseable {

    private static final int LONGEST_KEY = 40;

    @Override
    public void close() throws IOException {
        sources.close();
    }

    long rows() {
        long rows = 0;
        for (Lists.Looked list : lists) {
            ImportColumns columns = list.columns();
            rows += columns == null ? 0 : columns.rows();
        }
        return rows;
    }

    List<ImportView.File> files() {
        List<ImportView.File> files = new ArrayList<>();
        for (Lists.Looked list : lists) {
            ImportColumns columns = list.columns();
            ImportSource source = list.source();
            files.add(
                    columns == null
                            ? new ImportView.File(
                                    source.name(),
                                    Optional.empty(),
                                    source.encoding(),
                                    source.separator(),
                                    0,
                                    true,
                                    ImportView.Standing.SUBSCRIBED,
                                    true)
                            : new ImportView.File(
                                    source.name(),
                                    columns.system(),
                                    source.encoding(),
                                    columns.found().size() == 1 ? ' ' : source.separator(),
                                    columns.rows(),
                                    columns.header().isEmpty(),
                                    standing(columns.everybody()),
                                    false));
        }
        return files;
    }

    private static ImportView.Standing standing(Said said) {
        return switch (said) {
            case SUBSCRIBED, LEAVE_OUT -> ImportView.Standing.SUBSCRIBED;
            case PENDING -> ImportView.Standing.PENDING;
            case LEFT -> ImportView.Standing.LEFT;
            case BOUNCED -> ImportView.Standing.BOUNCED;
            case BLOCKED -> ImportView.Standing.BLOCKED;
            case COMPLAINED -> ImportView.Standing.COMPLAINED;
        };
    }

    private static Said said(ImportView.Standing standing) {
        return Said.valueOf(standing.name());
    }

    /** Of all lists, each title once, with examples of the first list that has any. */
    List<ImportView.Column> columns() {
        Map<String, ImportView.Column> columns = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>();
        for (Lists.Looked list : lists) {
            ImportColumns found = list.columns();
            if (found == null) {
                continue;
            }
            for (ImportColumns.Found one : found.found()) {
                String key = columns.containsKey(one.title())
                        ? ""
                        : key(one.key().isEmpty() ? FreeValues.key(one.title()) : one.key(), keys);
                ImportView.Column column = new ImportView.Column(one.title(), one.examples(), one.use(), key);
                columns.merge(
                        one.title(),
                        column,
                        (first, second) -> new ImportView.Column(
                                first.title(),
                                first.examples().isEmpty() ? second.examples() : first.examples(),
                                first.use(),
                                first.key()));
            }
        }
        return List.copyOf(columns.values());
    }

    /** Under which the column would be kept as an attribute; another one for each. */
    private static String key(String key, Set<String> taken) {
        String base = key.isEmpty() ? "column" : key;
        String one = base.substring(0, Math.min(base.length(), LONGEST_KEY));
        for (int i = 2; !taken.add(one); i++) {
            one = base.substring(0, Math.min(base.length(), LONGEST_KEY - 4)) + "_" + i;
        }
        return one;
    }

    /** As somebody said what the columns mean and how everybody in a file stands. */
    List<Reading.Understood> understood(List<ImportView.Column> columns, List<ImportView.File> files) {
        Map<String, Chosen> chosen = new LinkedHashMap<>();
        columns.forEach(column ->
                column.use().ifPresent(use -> chosen.put(column.title(), new Chosen(use, column.key()))));
        boolean alone = lists.stream().filter(Lists.Looked::isList).count() == 1;
        List<Reading.Understood> understood = new ArrayList<>();
        for (int i = 0; i < lists.size(); i++) {
            Lists.Looked list = lists.get(i);
            ImportColumns found = list.columns();
            if (found != null) {
                ImportColumns said =
                        found.as(chosen, i < files.size() ? said(files.get(i).everybody()) : null);
                said.requireClear();
                understood.add(new Reading.Understood(
                        list.source(), said, alone ? "" : list.source().name()));
            }
        }
        return understood;
    }
}
