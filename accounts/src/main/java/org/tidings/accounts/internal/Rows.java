package org.tidings.accounts.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads rows by their ids where an entity for each would be too slow. */
final class Rows {

    /** Parameters of one statement; always the same number, so that its plan is kept. */
    private static final int CHUNK = 500;

    private static final String MARKS = String.join(",", Collections.nCopies(CHUNK, "?"));

    private Rows() {}

    /** Takes one row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** @param sql with {@code %s} where the list of ids goes */
    static void byIds(DataSource dataSource, String sql, Collection<UUID> ids, RowReader reader) {
        if (ids.isEmpty()) {
            return;
        }
        List<UUID> all = List.copyOf(ids);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(String.format(sql, MARKS))) {
            for (int from = 0; from < all.size(); from += CHUNK) {
                for (int i = 0; i < CHUNK; i++) {
                    // The last id again fills the rest up.
                    select.setObject(i + 1, all.get(Math.min(from + i, all.size() - 1)));
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("rows cannot be read", e);
        }
    }
}
