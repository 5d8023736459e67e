package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionProofsTest {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final List<String> done = new ArrayList<>();

    @BeforeEach
    void schema() throws SQLException, IOException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                var migration =
                        Objects.requireNonNull(getClass().getResourceAsStream("/db/site/V1__transaction_probes.sql"))) {
            statement.execute("create schema site");
            statement.execute("set schema site");
            statement.execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void letsWorkBeginWhereTransactionsHold() {
        var proofs = new TransactionProofs(new JdbcTransactions(pool));
        Runnable work = proofs.first("claims", () -> done.add("claims"));
        assertThat(proofs.allHold()).as("before it was proved").isFalse();

        work.run();

        assertThat(done).containsExactly("claims");
        assertThat(proofs.allHold()).isTrue();
        assertThat(proofs.failed()).isEmpty();
    }

    @Test
    void letsNothingBeginWhereARowStaysThatWasRolledBack() {
        var proofs = new TransactionProofs(new JdbcTransactions(committing(pool)));

        proofs.first("claims", () -> done.add("claims")).run();

        assertThat(done).isEmpty();
        assertThat(proofs.allHold()).isFalse();
        assertThat(proofs.failed()).containsExactly("claims");
    }

    @Test
    void isNotHeldByOneKindForAnother() {
        var proofs = new TransactionProofs(new JdbcTransactions(pool));
        proofs.first("claims", () -> {}).run();
        Runnable other = proofs.first("ledger", () -> {});

        assertThat(proofs.allHold()).isFalse();
        other.run();
        assertThat(proofs.allHold()).isTrue();
    }

    @Test
    void decidesNothingWhileTheDatabaseIsAway() {
        var proofs = new TransactionProofs(new JdbcTransactions(pool));
        pool.dispose();

        assertThatThrownBy(() -> proofs.prove("claims")).isInstanceOf(TransactionFailed.class);

        assertThat(proofs.failed()).isEmpty();
    }

    /** As the container's pool was off a request: whatever is asked for, every statement commits. */
    private static DataSource committing(DataSource pool) {
        return (DataSource) Proxy.newProxyInstance(
                TransactionProofsTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(pool, arguments);
                    return result instanceof Connection connection ? deaf(connection) : result;
                });
    }

    @SuppressWarnings("NullAway") // void methods return null
    private static Connection deaf(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TransactionProofsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("setAutoCommit")
                                || method.getName().equals("commit")
                        ? null
                        : method.invoke(connection, arguments));
    }
}
