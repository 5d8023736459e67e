package org.tidings.newsletter.internal.importing;

import org.tidings.newsletter.ImportReport;

/** How many rows ended where. Kept as numbers with blanks between them. */
final class Figures {
    long added;
    long completed;
    long known;
    long optedOut;
    long left;
    long blocked;
    long pending;
    long leftOut;
    long ended;

    String written() {
        return added + " " + completed + " " + known + " " + optedOut + " " + left + " " + blocked + " " + pending + " "
                + leftOut + " " + ended;
    }

    static Figures read(String written) {
        Figures figures = new Figures();
        if (!written.isEmpty()) {
            String[] numbers = written.split(" ", -1);
            figures.added = Long.parseLong(numbers[0]);
            figures.completed = Long.parseLong(numbers[1]);
            figures.known = Long.parseLong(numbers[2]);
            figures.optedOut = Long.parseLong(numbers[3]);
            figures.left = Long.parseLong(numbers[4]);
            figures.blocked = Long.parseLong(numbers[5]);
            figures.pending = Long.parseLong(numbers[6]);
            figures.leftOut = Long.parseLong(numbers[7]);
            figures.ended = Long.parseLong(numbers[8]);
        }
        return figures;
    }

    ImportReport report(Reading.Found found, String encoding, boolean imported) {
        return new ImportReport(
                found.rows(),
                added,
                completed,
                known,
                optedOut,
                left,
                blocked,
                pending,
                leftOut,
                ended,
                found.duplicates(),
                found.errors(),
                found.firstErrors(),
                found.notes(),
                found.firstNotes(),
                found.questions(),
                encoding,
                imported);
    }
}
