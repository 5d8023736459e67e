package org.tidings.newsletter;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * What is to be imported, and how.
 *
 * @param csv RFC 4180 with comma, semicolon, tab or {@code |}, in UTF-8, UTF-16, Windows-1252 or Mac Roman, a workbook (XLSX), or a ZIP
 *     archive of such; a header row that names the columns, or nothing but addresses; at most {@code tidings.newsletter.import.rows} rows
 * @param basis how these people agreed, in the publisher's words, 20 to 1,000 characters: kept with every record
 * @param answers to earlier {@linkplain ImportReport.Question questions}, by {@code column:value}; {@code column:*} is for every other value
 *     of that column
 * @param dryRun true to change nothing
 * @param wrongRows hears of every row that is left out because it is wrong
 */
public record ImportOrder(
        InputStream csv, String basis, Map<String, ImportAnswer> answers, boolean dryRun, WrongRows wrongRows) {

    /** Hears of rows that cannot be imported, as they stand in the file. */
    @FunctionalInterface
    public interface WrongRows {

        /** Nobody listens. */
        WrongRows IGNORED = (header, fields, error) -> {};

        /** @param header empty if the file has none */
        void add(List<String> header, List<String> fields, ImportReport.RowError error);
    }

    public ImportOrder {
        answers = Map.copyOf(answers);
    }
}
