package org.tidings.mail.internal.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Speaks SQL on a data source whose connections join the transaction of the calling thread. */
public final class Sql {

    private final DataSource dataSource;
    private volatile @Nullable Boolean postgres;

    public Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row into a value. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The database failed; what was written in this transaction is not. */
    public static final class DatabaseFailed extends RuntimeException {
        DatabaseFailed(SQLException cause) {
            super(cause);
        }
    }

    @FunctionalInterface
    public interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    public <T> T use(Use<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new DatabaseFailed(e);
        }
    }

    public int update(String sql, @Nullable Object... arguments) {
        return use(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(connection, statement, arguments);
                return statement.executeUpdate();
            }
        });
    }

    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) {
        return use(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(connection, statement, arguments);
                try (ResultSet rows = statement.executeQuery()) {
                    List<T> all = new ArrayList<>();
                    while (rows.next()) {
                        all.add(row.read(rows));
                    }
                    return all;
                }
            }
        });
    }

    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) {
        List<T> all = list(sql, row, arguments);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    public long number(String sql, @Nullable Object... arguments) {
        return first(sql, row -> row.getLong(1), arguments).orElse(0L);
    }

    /** Executes once for each line of arguments, in one round trip. */
    public void batch(String sql, List<@Nullable Object[]> lines) {
        if (lines.isEmpty()) {
            return;
        }
        use(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (@Nullable Object[] line : lines) {
                    bind(connection, statement, line);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    public boolean isPostgres() {
        Boolean known = postgres;
        if (known == null) {
            known = use(c -> c.getMetaData().getDatabaseProductName().startsWith("PostgreSQL"));
            postgres = known;
        }
        return known;
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Collection<?> many) {
                // For "= any (?)" over ids.
                statement.setArray(i + 1, connection.createArrayOf("uuid", many.toArray()));
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }

    public static OffsetDateTime time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return java.util.Objects.requireNonNull(time, column);
    }

    public static Optional<OffsetDateTime> timeOrNone(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class));
    }

    public static UUID id(ResultSet row, String column) throws SQLException {
        return java.util.Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    public static @Nullable UUID idOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
