package org.tidings.mail.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.tidings.site.JdbcTransactions;

/**
 * A fresh, migrated database for one test class.
 *
 * <p>The transactions are the product's ({@link JdbcTransactions}); only the pool under them is the test's.
 *
 * <pre>{@code
 * static final TestDatabase database = TestDatabase.h2("mail", "accounts");
 * @AfterAll static void close() { database.close(); }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {

    /** What a database product is called in a contract test. */
    public enum Product {
        H2,
        POSTGRESQL
    }

    private final Product product;
    /** Made for the test, and gone after it. */
    private final boolean own;

    private final String url;
    private final String user;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final JdbcTransactions transactions = new JdbcTransactions(new Pool());
    private volatile boolean closed;

    private TestDatabase(Product product, boolean own, String url, String user, String... modules) {
        this.product = product;
        this.own = own;
        this.url = url;
        this.user = user;
        migrate(url, user, List.of(modules));
    }

    private static void migrate(String url, String user, List<String> modules) {
        for (String module : withTheGroundFloor(modules)) {
            Flyway.configure()
                    .dataSource(url, user, "")
                    .schemas(module)
                    .defaultSchema(module)
                    .locations("db/" + module)
                    .load()
                    .migrate();
        }
    }

    private static List<String> withTheGroundFloor(List<String> modules) {
        List<String> all = new ArrayList<>(List.of("site"));
        all.addAll(modules);
        return all;
    }

    /** H2 in memory, in the mode of production, with the migrations of the modules run in their order. */
    public static TestDatabase h2(String... modules) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
        return new TestDatabase(Product.H2, true, url, "sa", modules);
    }

    /**
     * A database of its own on the one PostgreSQL of this JVM.
     *
     * @throws TestAbortedException when no PostgreSQL can be started; with {@code CI=true} an {@link AssertionError}
     */
    public static TestDatabase postgreSql(String... modules) {
        try {
            return new TestDatabase(
                    Product.POSTGRESQL, true, SharedPostgres.copyOfMigrated(List.of(modules)), "postgres");
        } catch (IOException | SQLException e) {
            String what = "PostgreSQL for tests did not start: " + e;
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(what, e);
            }
            System.err.println("*** SKIPPED: " + what);
            throw new TestAbortedException(what, e);
        }
    }

    /** A database that is there already and is left as it is, with the migrations of the modules run where they are missing. */
    public static TestDatabase at(String url, String user, String... modules) {
        return new TestDatabase(
                url.startsWith("jdbc:h2:") ? Product.H2 : Product.POSTGRESQL, false, url, user, modules);
    }

    public Product product() {
        return product;
    }

    /** Joins the transaction of the calling thread; outside of one every statement commits. */
    public DataSource dataSource() {
        return transactions.dataSource();
    }

    /** JDBC URL, for tests that start something of their own. */
    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    /** An entity manager that works as an injected one does. */
    public EntityManager entityManager(String unit) {
        return transactions.entityManager(unit);
    }

    /** The transactions of the product. */
    public JdbcTransactions transactions() {
        return transactions;
    }

    /** Runs in a transaction, commits, and rolls back when anything is thrown. */
    public void inTransaction(Action work) {
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** The same with a result. */
    public <T> T call(Callable<T> work) {
        return transactions.call(work);
    }

    /** Work that may throw. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private Connection take() throws SQLException {
        if (closed) {
            throw new SQLException("the test database is closed");
        }
        Connection connection = idle.poll();
        return connection == null ? DriverManager.getConnection(url, user, "") : connection;
    }

    private void give(Connection connection) throws SQLException {
        if (closed || connection.isClosed()) {
            connection.close();
        } else {
            idle.push(connection);
        }
    }

    @Override
    public void close() {
        closed = true;
        transactions.close();
        try {
            for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
                connection.close();
            }
            if (product == Product.H2 && own) {
                try (Connection last = DriverManager.getConnection(url, user, "");
                        Statement statement = last.createStatement()) {
                    statement.execute("shutdown immediately");
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps the connections; what is given back begins anew. */
    private final class Pool implements DataSource {

        @Override
        @SuppressWarnings("NullAway") // void methods return null
        public Connection getConnection() throws SQLException {
            Connection connection = take();
            boolean[] given = {false};
            return (Connection) Proxy.newProxyInstance(
                    TestDatabase.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "close" -> {
                                if (!given[0]) {
                                    given[0] = true;
                                    if (!connection.isClosed() && !connection.getAutoCommit()) {
                                        connection.rollback();
                                        connection.setAutoCommit(true);
                                    }
                                    give(connection);
                                }
                                return null;
                            }
                            case "isClosed" -> {
                                return given[0] || connection.isClosed();
                            }
                            default -> {}
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    /** Started when first asked for and stopped with the JVM. */
    private static final class SharedPostgres {
        private static @Nullable EmbeddedPostgres instance;

        /** Migrated once for each list of modules, and copied for each test: copying is many times as fast. */
        private static final Map<List<String>, String> TEMPLATES = new HashMap<>();

        /** JDBC URL of a database of its own. */
        static synchronized String copyOfMigrated(List<String> modules) throws IOException, SQLException {
            String template = TEMPLATES.get(modules);
            if (template == null) {
                template = create("template1");
                // Its connections are closed when it is migrated: what is open cannot be copied.
                migrate(urlOf(template), "postgres", modules);
                TEMPLATES.put(modules, template);
            }
            return urlOf(create(template));
        }

        private static String urlOf(String name) throws IOException {
            return running().getJdbcUrl("postgres", name);
        }

        private static String create(String template) throws IOException, SQLException {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (Connection admin = running().getPostgresDatabase().getConnection();
                    Statement statement = admin.createStatement()) {
                statement.execute("create database " + name + " template " + template);
            }
            return name;
        }

        static synchronized EmbeddedPostgres running() throws IOException {
            EmbeddedPostgres known = instance;
            if (known == null) {
                known = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                instance = known;
            }
            return known;
        }
    }
}
