package org.tidings.site.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;
import org.tidings.site.DatabaseAddress;
import org.tidings.site.DatabaseFailures;

@Timeout(60)
class PostgresConnectionsTest {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() {
        try {
            server = EmbeddedPostgres.start();
        } catch (IOException e) {
            String what = "PostgreSQL for tests did not start: " + e;
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(what, e);
            }
            System.err.println("*** SKIPPED: " + what);
            throw new TestAbortedException(what, e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static TidingsDataSource at(String more) {
        return new TidingsDataSource(
                new DatabaseAddress(server.getJdbcUrl("postgres", "postgres") + more, "postgres", ""));
    }

    private static String bound(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show idle_in_transaction_session_timeout")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aTransactionThatStandsStillHoldsItsLocksForAMinuteAtMost() throws SQLException {
        try (Connection connection = at("").getConnection()) {
            assertThat(bound(connection)).isEqualTo("1min");
        }
    }

    @Test
    void theOperatorsOwnBoundStands() throws SQLException {
        try (Connection connection =
                at("&options=-c%20idle_in_transaction_session_timeout=7s").getConnection()) {
            assertThat(bound(connection)).isEqualTo("7s");
        }
    }

    /** What PostgreSQL says to the one who comes back is that the connection is gone, so it is not given out again. */
    @Test
    void whoStoodStillIsToldThatTheConnectionIsLost() throws SQLException {
        try (Connection still = at("&options=-c%20idle_in_transaction_session_timeout=1ms")
                        .getConnection();
                Connection other = at("").getConnection();
                Statement statement = still.createStatement();
                Statement look = other.createStatement()) {
            still.setAutoCommit(false);
            statement.execute("select 1");
            awaitNobodyElse(look);

            SQLException told = catchThrowableOfType(SQLException.class, () -> statement.execute("select 1"));

            assertThat(DatabaseFailures.isConnectionLost(told)).as("%s", told).isTrue();
            assertThat(DatabaseFailures.isAway(told)).isTrue();
        }
    }

    private static void awaitNobodyElse(Statement look) throws SQLException {
        int others;
        do {
            try (ResultSet row = look.executeQuery("select count(*) from pg_stat_activity"
                    + " where application_name = 'tidings' and pid <> pg_backend_pid()")) {
                row.next();
                others = row.getInt(1);
            }
        } while (others > 0);
    }
}
