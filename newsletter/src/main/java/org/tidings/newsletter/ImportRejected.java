package org.tidings.newsletter;

import java.util.List;

/** A file, or a statement, with which nothing can be imported. */
public final class ImportRejected extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        /** No statement of 20 to 1,000 characters how these people agreed. */
        BASIS_MISSING,
        EMPTY,
        /** Neither UTF-8 nor UTF-16 with a byte order mark nor Windows-1252. */
        NOT_UTF_8,
        /** Not RFC 4180: a quote never ends, a field is longer than a million characters. */
        NOT_CSV,
        /** A ZIP archive without a list in it. */
        ZIP,
        /** A workbook of another spreadsheet, or of an Excel before 2007. */
        SPREADSHEET,
        /** A ZIP archive or a workbook that is broken, or has a password. */
        BROKEN_ARCHIVE,
        /** It unpacks to more than an import may have. */
        UNPACKS_TOO_LARGE,
        /** Larger than {@code tidings.newsletter.import.megabytes}. */
        TOO_LARGE,
        /** The first row names no column for the address, and no column has addresses in it. */
        NO_ADDRESS_COLUMN,
        /** There is no row that names the columns, and more than one column besides the address. */
        NO_HEADER,
        TOO_MANY_ROWS
    }

    private final Reason reason;
    private final List<String> columns;

    public ImportRejected(Reason reason) {
        this(reason, List.of());
    }

    /** @param columns that were found, where that helps */
    public ImportRejected(Reason reason, List<String> columns) {
        super(reason.name());
        this.reason = reason;
        this.columns = List.copyOf(columns);
    }

    public Reason reason() {
        return reason;
    }

    /** The columns that were found, at most ten; empty where they do not matter. */
    public List<String> columns() {
        return columns;
    }
}
