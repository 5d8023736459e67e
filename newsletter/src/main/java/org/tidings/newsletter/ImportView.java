package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;

/**
 * One import, and how far it is.
 *
 * @param fileName as it was sent; empty for pasted addresses
 * @param files what was found in it, in order; empty before it was looked at
 * @param columns of all files, each name once, in order
 * @param answers that were given to questions
 * @param report what would come of it, or came of it; empty before it was checked
 * @param done rows of {@code total} that are behind it in this step
 * @param problem why it {@linkplain ImportState#FAILED failed}, where the file is the reason
 * @param undoable whether what it brought can be taken back, because nothing was sent to these people yet
 */
public record ImportView(
        ImportId id,
        NewsletterId newsletter,
        ImportState state,
        String fileName,
        String basis,
        AccountId by,
        OffsetDateTime createdAt,
        OffsetDateTime changedAt,
        List<File> files,
        List<Column> columns,
        Map<String, ImportAnswer> answers,
        Optional<ImportReport> report,
        long done,
        long total,
        Optional<Problem> problem,
        boolean undoable) {

    /**
     * A list in what was sent.
     *
     * @param name empty where there is only one
     * @param system that wrote it, if its columns tell
     * @param encoding of its characters: {@code UTF-8}, {@code windows-1252}
     * @param separator of its columns; a blank where there is one column
     * @param rows that hold anything, the header not counted
     * @param headless whether no row names the columns
     * @param everybody how everybody in it stands, for a list that is of one standing; otherwise {@link ImportAnswer#SUBSCRIBED}
     * @param skipped why it is left aside, where it is
     */
    public record File(
            String name,
            Optional<KnownSystem> system,
            String encoding,
            char separator,
            long rows,
            boolean headless,
            Standing everybody,
            boolean skipped) {}

    /** How everybody in a file stands, where no column says something stricter. */
    public enum Standing {
        SUBSCRIBED,
        PENDING,
        LEFT,
        BOUNCED,
        BLOCKED,
        COMPLAINED
    }

    /**
     * A column.
     *
     * @param title its name in the header, or its number
     * @param examples values of the first rows that have one, at most three
     * @param use what it is taken for; empty where somebody has to say it
     * @param key of the attribute, for {@link ColumnUse#ATTRIBUTE}
     */
    public record Column(String title, List<String> examples, Optional<ColumnUse> use, String key) {}

    /** What is wrong with the file. */
    public record Problem(ImportRejected.Reason reason, List<String> columns) {}

    /** The system that wrote it, where all its files are of one. */
    public Optional<KnownSystem> system() {
        List<Optional<KnownSystem>> named = files.stream()
                .filter(file -> !file.skipped())
                .map(File::system)
                .distinct()
                .toList();
        return named.size() == 1 ? named.get(0) : Optional.empty();
    }

    public List<ImportReport.Question> questions() {
        return report.map(ImportReport::questions).orElse(List.of());
    }
}
