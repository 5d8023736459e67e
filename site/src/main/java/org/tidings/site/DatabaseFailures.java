package org.tidings.site;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.h2.api.ErrorCode;

/** What a failed statement says about the database, the same for H2 and PostgreSQL. */
public final class DatabaseFailures {

    /** H2 has closed, on a full disk or because it was told to, or lost its file. */
    private static final Set<Integer> CLOSED_EMBEDDED = Set.of(
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.CONNECTION_BROKEN_1,
            ErrorCode.OBJECT_CLOSED,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
            ErrorCode.DATABASE_ALREADY_OPEN_1,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2);

    /** PostgreSQL ends a session whose transaction stood still (25P03) or took too long (25P04). */
    private static final Set<String> ENDED_SESSION = Set.of("25P03", "25P04");

    private DatabaseFailures() {}

    /** Whether a connection that says so is not to be used again: it is broken, or its database has closed. */
    public static boolean isConnectionLost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08")
                || state.startsWith("57P")
                || ENDED_SESSION.contains(state)
                || CLOSED_EMBEDDED.contains(e.getErrorCode());
    }

    /**
     * Whether the database is away or takes no work, rather than finding fault with the statement: the same may succeed in a moment.
     * SQL states 08 (connection), 53 (resources) and 57 (an operator steps in), and what has none.
     */
    public static boolean isAway(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || state.startsWith("53")
                || state.startsWith("57")
                || isConnectionLost(e);
    }
}
