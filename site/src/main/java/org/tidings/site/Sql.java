package org.tidings.site;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Speaks SQL on a data source whose connections join the transaction of the calling thread. */
public final class Sql {

    /** Ids of one statement of {@link #byIds}; always the same number, so that its plan is kept. */
    private static final int IDS = 500;

    private static final String MARKS = String.join(",", Collections.nCopies(IDS, "?"));

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

    /** Takes one row. */
    @FunctionalInterface
    public interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    /** What the others cannot do. */
    @FunctionalInterface
    public interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    /** An SQL array of {@code uuid} or {@code varchar}, for {@code unnest} and {@code = any (?)}. */
    public record Values(String type, @Nullable Object[] elements) {}

    /** The database failed; what was written in this transaction is not. */
    public static final class DatabaseFailed extends RuntimeException {
        DatabaseFailed(SQLException cause) {
            super(cause);
        }
    }

    public static Values uuids(Collection<UUID> ids) {
        return new Values("uuid", ids.toArray());
    }

    public static Values texts(Collection<? extends @Nullable String> texts) {
        return new Values("varchar", texts.toArray());
    }

    public <T> T use(Use<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new DatabaseFailed(e);
        }
    }

    /** @return how many rows it concerned */
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

    /** The same with one line for each row. */
    public <R> void batch(String sql, Collection<R> rows, Function<? super R, @Nullable Object[]> line) {
        List<@Nullable Object[]> lines = new ArrayList<>(rows.size());
        rows.forEach(row -> lines.add(line.apply(row)));
        batch(sql, lines);
    }

    /**
     * Rows of very many ids, where an entity for each would be too slow.
     *
     * @param sql with {@code %s} where the list of ids goes
     */
    public void byIds(String sql, Collection<UUID> ids, EachRow each) {
        if (ids.isEmpty()) {
            return;
        }
        List<UUID> all = List.copyOf(ids);
        use(connection -> {
            try (PreparedStatement select = connection.prepareStatement(String.format(sql, MARKS))) {
                for (int from = 0; from < all.size(); from += IDS) {
                    for (int i = 0; i < IDS; i++) {
                        // The last id again fills the rest up.
                        select.setObject(i + 1, all.get(Math.min(from + i, all.size() - 1)));
                    }
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            each.take(rows);
                        }
                    }
                }
                return all.size();
            }
        });
    }

    public boolean isPostgres() {
        Boolean known = postgres;
        if (known == null) {
            known = use(connection ->
                    connection.getMetaData().getDatabaseProductName().startsWith("PostgreSQL"));
            postgres = known;
        }
        return known;
    }

    public static OffsetDateTime time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column);
    }

    public static Optional<OffsetDateTime> timeOrNone(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class));
    }

    public static UUID id(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    public static @Nullable UUID idOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object... arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Values values) {
                statement.setArray(i + 1, connection.createArrayOf(values.type(), values.elements()));
            } else if (argument instanceof Collection<?> ids) {
                statement.setArray(i + 1, connection.createArrayOf("uuid", ids.toArray()));
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }
}
