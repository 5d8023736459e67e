package org.tidings.mail.internal.simulation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.TransactionProofs;

/**
 * The tables themselves: H2 in memory with the migrations of production, emptied for each world. Used by one world at a time, which
 * is by one thread at a time.
 */
public final class Storage implements AutoCloseable {

    private static final List<String> THREADS =
            List.of("mail-claims", "mail-ledger", "mail-retention", "mail-prepare", "mail-send");
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Map<Integer, Supplier<OffsetDateTime>> CLOCKS = new ConcurrentHashMap<>();

    private final int number = NUMBERS.incrementAndGet();
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID()
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1;ANALYZE_AUTO=0;LOCK_TIMEOUT=1"
            + ";QUERY_CACHE_SIZE=200";
    private final List<String> emptying = new ArrayList<>();
    private final Map<String, List<String>> keys = new HashMap<>();
    private final TransactionProofs proofs;
    private final Deque<Line> idle = new ArrayDeque<>();
    private final List<Line> lines = new ArrayList<>();

    public Storage() {
        for (String module : List.of("site", "mail")) {
            Flyway.configure()
                    .dataSource(url, "sa", "")
                    .schemas(module)
                    .defaultSchema(module)
                    .locations("db/" + module)
                    .load()
                    .migrate();
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create alias mail.simulated_now for '" + Storage.class.getName() + ".now'");
            try (ResultSet tables = statement.executeQuery("select table_schema || '.' || table_name"
                    + " from information_schema.tables where table_schema in ('site', 'mail')"
                    + " and table_name <> 'flyway_schema_history' order by 1")) {
                while (tables.next()) {
                    emptying.add("truncate table " + tables.getString(1) + " restart identity");
                }
            }
            try (ResultSet columns =
                    statement.executeQuery("select c.table_schema || '.' || c.table_name, u.column_name"
                            + " from information_schema.table_constraints c join information_schema.key_column_usage u"
                            + " using (constraint_schema, constraint_name) where c.constraint_type = 'PRIMARY KEY'"
                            + " order by u.ordinal_position")) {
                while (columns.next()) {
                    keys.computeIfAbsent(columns.getString(1), table -> new ArrayList<>())
                            .add(columns.getString(2));
                }
            }
            // What two may insert at the same time; its number is the database's own.
            keys.put("mail.phrases", List.of("phrase"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        JdbcDataSource pool = new JdbcDataSource();
        pool.setURL(url);
        pool.setUser("sa");
        proofs = new TransactionProofs(new JdbcTransactions(pool));
        THREADS.forEach(proofs::prove);
        emptying.add("insert into mail.switches (name, thrown) values ('all-stopped', false), ('letters', false)");
    }

    /** The product tries its transactions at every start; of those over this database that has been done. */
    public TransactionProofs proofs() {
        return proofs;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    /** For SQL. */
    public static OffsetDateTime now(int storage) {
        Supplier<OffsetDateTime> clock = CLOCKS.get(storage);
        if (clock == null) {
            throw new IllegalStateException("no world");
        }
        return clock.get();
    }

    Locks locks() {
        return new Locks(keys);
    }

    /** What {@code current_timestamp} is to be called. */
    String nowInSql() {
        return "mail.simulated_now(" + number + ")";
    }

    /** As at the first start. */
    void empty(Supplier<OffsetDateTime> clock) {
        CLOCKS.put(number, clock);
        idle.clear();
        idle.addAll(lines);
        Line line = take();
        try {
            for (Line one : lines) {
                one.connection.rollback();
            }
            line.connection.setAutoCommit(true);
            try (Statement statement = line.connection.createStatement()) {
                for (String sql : emptying) {
                    statement.execute(sql);
                }
            }
            line.connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        give(line);
    }

    Line take() {
        Line line = idle.poll();
        if (line == null) {
            try {
                line = new Line(connect());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            lines.add(line);
        }
        return line;
    }

    /** Without an open transaction. */
    void give(Line line) {
        idle.push(line);
    }

    @Override
    public void close() {
        CLOCKS.remove(number);
        try {
            for (Line line : lines) {
                line.connection.close();
            }
            try (Connection last = connect();
                    Statement statement = last.createStatement()) {
                statement.execute("shutdown immediately");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A real connection, with the statements that it knows already. Never commits by itself. */
    static final class Line {
        private static final int LOCK_TIMEOUT = 50200;
        private static final int CONCURRENT_UPDATE = 90131;

        private final Connection connection;
        private final Map<String, PreparedStatement> statements = new HashMap<>();

        Line(Connection connection) throws SQLException {
            this.connection = connection;
            connection.setAutoCommit(false);
        }

        Connection connection() {
            return connection;
        }

        PreparedStatement prepare(String sql) throws SQLException {
            PreparedStatement known = statements.get(sql);
            if (known == null) {
                known = connection.prepareStatement(sql);
                statements.put(sql, known);
            }
            return known;
        }

        static boolean isLocked(SQLException e) {
            return e.getErrorCode() == LOCK_TIMEOUT || e.getErrorCode() == CONCURRENT_UPDATE;
        }
    }
}
