package org.tidings.newsletter.internal.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportReport.Question;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;

/**
 * One reading of all rows of all lists: what is wrong, what has to be asked, and what the others say. Each row is read and hashed once;
 * who wants to write them takes them as they come.
 */
final class Reading {

    private static final int MOST_NAMED = 100;
    private static final int MOST_QUESTIONS = 200;
    private static final int LINES_NAMED = 5;

    private final Map<String, ImportAnswer> answers;
    private final PeopleHere here;
    private final Taker taker;

    private long rows;
    private int good;
    private long errors;
    private long notes;
    private final List<RowError> firstErrors = new ArrayList<>();
    private final List<RowError> firstNotes = new ArrayList<>();
    private final Map<String, Asked> questions = new LinkedHashMap<>();
    private final Strictest strictest = new Strictest();

    Reading(Map<String, ImportAnswer> answers, PeopleHere here, Taker taker) {
        this.answers = answers;
        this.here = here;
        this.taker = taker;
    }

    /** A list and where what stands in it. */
    record Understood(ImportSource source, ImportColumns columns, String name) {}

    /** Takes rows as they are read. */
    interface Taker {

        /** Of a person; may be a duplicate. */
        void take(ImportedRow row) throws IOException;

        /** @param header empty if the list has none */
        void wrong(List<String> header, List<String> fields, RowError error) throws IOException;
    }

    private static final class Asked {
        private final String column;
        private final String value;
        private long rows;
        private final List<Long> lines = new ArrayList<>();

        Asked(String column, String value) {
            this.column = column;
            this.value = value;
        }
    }

    void all(List<Understood> lists) throws IOException {
        PeopleHere.Hashes hashes = here.hashes();
        for (Understood list : lists) {
            RowReader reader = new RowReader(list.columns(), answers, hashes, here.now());
            boolean[] headerPassed = {list.columns().header().isEmpty()};
            IOException[] failed = new IOException[1];
            list.source().read((line, fields) -> {
                if (headerPassed[0] && failed[0] == null) {
                    try {
                        judge(line, fields, list, reader);
                    } catch (IOException e) {
                        failed[0] = e;
                    }
                }
                headerPassed[0] = true;
            });
            if (failed[0] != null) {
                throw failed[0];
            }
        }
    }

    private void judge(long line, List<String> fields, Understood list, RowReader reader) throws IOException {
        rows++;
        Optional<RowError> wrong = reader.wrong(line, fields);
        if (wrong.isPresent()) {
            RowError error = in(list, wrong.get());
            errors++;
            if (firstErrors.size() < MOST_NAMED) {
                firstErrors.add(error);
            }
            taker.wrong(list.columns().header(), ImportSource.asWritten(fields), error);
            return;
        }
        ImportedRow row = reader.read(fields, new RowReader.Ear() {
            @Override
            public void note(String column, Reason reason) {
                notes++;
                if (firstNotes.size() < MOST_NAMED) {
                    firstNotes.add(in(list, new RowError(line, column, reason)));
                }
            }

            @Override
            public void ask(String column, String value) {
                Reading.this.ask(column, value, line);
            }
        });
        strictest.add(row.key(), good, row.rank());
        good++;
        taker.take(row);
    }

    private void ask(String column, String value, long line) {
        String key = column + ":" + value;
        Asked asked = questions.get(key);
        if (asked == null) {
            if (questions.size() >= MOST_QUESTIONS) {
                return;
            }
            asked = new Asked(column, value);
            questions.put(key, asked);
        }
        asked.rows++;
        if (asked.lines.size() < LINES_NAMED) {
            asked.lines.add(line);
        }
    }

    private static RowError in(Understood list, RowError error) {
        return list.name().isEmpty() ? error : new RowError(error.line(), error.column(), error.reason(), list.name());
    }

    /** Places, among those that were taken, of rows that do not count. */
    BitSet duplicates() {
        return strictest.duplicates();
    }

    /** What was found. */
    Found found() {
        return new Found(
                rows,
                strictest.duplicates().cardinality(),
                errors,
                List.copyOf(firstErrors),
                notes,
                List.copyOf(firstNotes),
                questions.values().stream()
                        .map(asked -> new Question(asked.column, asked.value, asked.rows, List.copyOf(asked.lines)))
                        .toList());
    }

    /** What a reading found, without what comes of it. */
    record Found(
            long rows,
            long duplicates,
            long errors,
            List<RowError> firstErrors,
            long notes,
            List<RowError> firstNotes,
            List<Question> questions) {}
}
