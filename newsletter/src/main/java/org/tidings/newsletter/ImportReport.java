package org.tidings.newsletter;

import java.util.List;

/**
 * What an import did, or would do. Every row is counted once: {@code rows = added + completed + known + optedOut + left + blocked +
 * pending + leftOut + duplicates + errors}, unless there are questions.
 *
 * @param rows that hold anything, the header not counted
 * @param added subscribed by it
 * @param completed known already, and got a name, language or time zone that was not known
 * @param known confirmed or asked for before; left as they are
 * @param optedOut left here before, closed their account or were erased; left as they are
 * @param left had left there, says the file: are kept as left
 * @param blocked bounced, complained or were blocked there: are kept as left, and the address is suppressed
 * @param pending never confirmed there: nobody to write to
 * @param leftOut kept out as the answer to a question said
 * @param ended of those that the file keeps out: were subscribed here until now
 * @param duplicates again in the same file; the strictest of a person's rows counts
 * @param errors rows that are left out because they are wrong
 * @param firstErrors at most 100
 * @param notes values that are not understood and were dropped, while the row came in
 * @param firstNotes at most 100
 * @param questions values of which it must be said first what they mean; nothing is imported while there are any
 * @param encoding the characters' encoding as which the file was read
 * @param imported false for a dry run or when there are questions
 */
public record ImportReport(
        long rows,
        long added,
        long completed,
        long known,
        long optedOut,
        long left,
        long blocked,
        long pending,
        long leftOut,
        long ended,
        long duplicates,
        long errors,
        List<RowError> firstErrors,
        long notes,
        List<RowError> firstNotes,
        List<Question> questions,
        String encoding,
        boolean imported) {

    /**
     * @param line of the file, from 1; of a sheet its row
     * @param column its name in the header
     * @param file in which it is, where there are several; else empty
     */
    public record RowError(long line, String column, Reason reason, String file) {

        public RowError(long line, String column, Reason reason) {
            this(line, column, reason, "");
        }
    }

    /**
     * A value in a column that says who is to be written to, and the import does not know what it means.
     *
     * @param column its name in the header
     * @param value as it stands there, at most 80 characters; empty for no value
     * @param rows how many have it
     * @param lines of the first of them
     */
    public record Question(String column, String value, long rows, List<Long> lines) {

        /** How an {@linkplain ImportOrder#answers() answer} names it. */
        public String key() {
            return column + ":" + value;
        }
    }

    /** Why a row, or a value of it, cannot be imported. */
    public enum Reason {
        ADDRESS_MISSING,
        ADDRESS_INVALID,
        /** More than one address in its field. */
        SEVERAL_ADDRESSES,
        /** A quotation mark has no end, so that what follows was read as part of the row. */
        QUOTE_OPEN,
        TOO_MANY_COLUMNS,
        NAME_TOO_LONG,
        LANGUAGE_UNKNOWN,
        /** Not the name of a time zone, such as {@code Europe/Berlin}. */
        ZONE_UNKNOWN,
        /** No date and time, or one that can be read in two ways. */
        TIME_UNREADABLE,
        /** In the future, or before there was mail. */
        TIME_IMPOSSIBLE
    }
}
