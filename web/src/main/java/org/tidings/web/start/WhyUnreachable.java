package org.tidings.web.start;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.tidings.site.DatabaseAddress;

/** Says to the operator why Tidings cannot begin, most often because its database does not answer, and what to do about it. */
final class WhyUnreachable {

    private static final String H2_FILE_IN_USE = "90020";

    private WhyUnreachable() {}

    static String explain(DatabaseAddress address, Throwable failure) {
        @Nullable SQLException cause = sqlCause(failure);
        if (cause == null && failure instanceof UncheckedIOException) {
            return failure.getMessage() + " Trying again every few seconds.";
        }
        if (cause == null) {
            return "The database could not be brought up to date: " + deepest(failure);
        }
        String state = String.valueOf(cause.getSQLState());
        if (address.isEmbedded() && state.equals(H2_FILE_IN_USE)) {
            return "The embedded database is in use by another process: "
                    + address.url().replaceAll(";.*", "")
                    + ".mv.db. Stop the other Tidings, or give this one its own tidings.data.dir.";
        }
        if (state.startsWith("08")) {
            return "The database cannot be reached: " + cause.getMessage() + " Trying again every few seconds.";
        }
        if (state.startsWith("28")) {
            return "The database refused the sign-in: " + cause.getMessage()
                    + " Look at tidings.db.user and tidings.db.password.";
        }
        return "The database could not be brought up to date: " + cause.getMessage();
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        @Nullable SQLException found = null;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException e) {
                found = e;
            }
        }
        return found;
    }

    private static String deepest(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return String.valueOf(t.getMessage());
    }
}
