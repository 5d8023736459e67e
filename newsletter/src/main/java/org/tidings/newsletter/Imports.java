package org.tidings.newsletter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;

/**
 * Lists that move in, step by step: a file is taken, its columns are given their meaning, what would come of it is said, and then it is
 * imported in the background, in parts. Everything between the steps is in the database, so that any node goes on with it, also after a
 * node has died; the file itself is deleted when the import is over, or after a day in which nobody went on with it.
 */
public interface Imports {

    /**
     * A file that is to be imported.
     *
     * @param content CSV with whatever separator, plain addresses, a workbook (XLSX), or a ZIP archive of such files; at most {@code
     *     tidings.newsletter.import.megabytes}
     * @param name as the file was called, for people; it may tell how everybody in it stands
     */
    record Upload(InputStream content, String name) {}

    /**
     * Takes a file.
     *
     * @param basis how these people agreed, in the publisher's words, 20 to 1,000 characters
     * @param answers that are known already
     * @param onItsOwn whether it goes on without being asked, as far as no question is open
     * @throws ImportRejected if it is empty or too large, or the basis is missing
     */
    ImportId begin(
            NewsletterId newsletter,
            Upload file,
            String basis,
            Map<String, ImportAnswer> answers,
            boolean onItsOwn,
            AccountId by)
            throws IOException;

    Optional<ImportView> find(ImportId id);

    /** The newest first, of one newsletter or all; at most {@code limit}. */
    List<ImportView> newest(@Nullable NewsletterId newsletter, @Nullable ImportId before, int limit);

    /**
     * What somebody says about a column.
     *
     * @param key of the attribute, for {@link ColumnUse#ATTRIBUTE}
     */
    record Chosen(ColumnUse use, String key) {}

    /**
     * Says what the columns mean, and has the rows read.
     *
     * @param columns by their titles
     * @param everybody how everybody in a file stands, by the file's place in {@link ImportView#files()}
     * @throws ColumnsUnclear if no column, or more than one, has the address, or one is without a meaning
     * @throws ImportNotInState if it is past that, or not there yet
     */
    void map(ImportId id, Map<String, Chosen> columns, Map<Integer, ImportView.Standing> everybody, AccountId by);

    /** Reads the files once more, in this encoding: {@code UTF-8}, {@code windows-1252}, {@code x-MacRoman}, {@code windows-1250}. */
    void readAs(ImportId id, String encoding, AccountId by);

    /** Goes back to {@link #map what the columns mean}. */
    void mapAnew(ImportId id, AccountId by);

    /** Answers questions by their {@linkplain ImportReport.Question#key() keys}, and has the rows read anew. */
    void answer(ImportId id, Map<String, ImportAnswer> answers, AccountId by);

    /** Imports what was checked. */
    void run(ImportId id, AccountId by);

    /** Deletes the file; nothing is imported. Not of one that runs. */
    void giveUp(ImportId id, AccountId by);

    /**
     * Takes back what it brought: who came by it is gone again, who was ended by it is subscribed again, what it had completed is empty
     * again. Who has said something herself since stays.
     *
     * @throws ImportNotInState if it did not run, something was sent to these people since, or a later import of the newsletter ran
     */
    void undo(ImportId id, AccountId by);

    /** Writes the rows that were left out because they are wrong: file, line and problem before what stood there. */
    void wrongRows(ImportId id, OutputStream to) throws IOException;

    /** Does at once what is to be done, where the file is small; otherwise the background does it. For who waits for the next page. */
    void hurry(ImportId id);
}
