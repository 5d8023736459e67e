package org.tidings.newsletter.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements on the data source, which joins the running transaction. Arrays are for {@code unnest}. */
final class Jdbc {

    private final DataSource dataSource;

    Jdbc(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An SQL array of {@code uuid} or {@code varchar}. */
    record Values(String type, @Nullable Object[] elements) {}

    static Values uuids(Collection<UUID> ids) {
        return new Values("uuid", ids.toArray());
    }

    static Values texts(Collection<? extends @Nullable String> texts) {
        return new Values("varchar", texts.toArray());
    }

    int update(String sql, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseRefused(e);
        }
    }

    /** Executes once for each line of arguments. */
    void batch(String sql, List<@Nullable Object[]> lines) {
        if (lines.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] line : lines) {
                bind(connection, statement, line);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseRefused(e);
        }
    }

    <T> List<T> query(String sql, Row<T> row, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row.read(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new DatabaseRefused(e);
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) {
        return query(sql, row, arguments).stream().findFirst();
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object... arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Values values) {
                Array array = connection.createArrayOf(values.type(), values.elements());
                statement.setArray(i + 1, array);
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }

    /** The database did not do what it was asked to. */
    static final class DatabaseRefused extends RuntimeException {
        DatabaseRefused(SQLException cause) {
            super(cause);
        }
    }
}
