package org.tidings.newsletter;

import java.util.List;

/**
 * What an import did, or would do.
 *
 * @param rows read, the header not counted
 * @param added subscribed by it
 * @param known confirmed or asked for before; left as they are
 * @param optedOut left before, closed their account or were erased; left as they are
 * @param duplicates again in the same file
 * @param errors rows with an error
 * @param firstErrors at most 100
 * @param imported false for a dry run or when there are errors
 */
public record ImportReport(
        long rows,
        long added,
        long known,
        long optedOut,
        long duplicates,
        long errors,
        List<RowError> firstErrors,
        boolean imported) {

    /**
     * @param line of the file, from 1
     * @param column its name in the header
     */
    public record RowError(long line, String column, Reason reason) {}

    /** Why a row cannot be imported. */
    public enum Reason {
        ADDRESS_MISSING,
        ADDRESS_INVALID,
        NAME_TOO_LONG,
        NAME_CHARACTERS,
        LANGUAGE_UNKNOWN,
        /** Not the name of a time zone, such as {@code Europe/Berlin}. */
        ZONE_UNKNOWN,
        TOO_MANY_COLUMNS
    }
}
