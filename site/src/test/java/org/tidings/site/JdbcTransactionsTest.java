package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That units share the transaction with SQL, on both databases, is shown by the mail module's {@code TestDatabaseTest}. */
class JdbcTransactionsTest {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcTransactions transactions = new JdbcTransactions(pool);

    @BeforeEach
    void table() throws SQLException {
        execute("create table notes (n int)");
    }

    @AfterEach
    void close() {
        transactions.close();
        pool.dispose();
    }

    @Test
    void rollsBackWhatAThrowingWorkWrote() {
        assertThatThrownBy(() -> transactions.run(() -> {
                    execute("insert into notes values (1)");
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(count()).isZero();
        assertThat(pool.getActiveConnections()).isZero();
    }

    @Test
    void takesOneConnectionHoweverOftenOneIsAskedFor() {
        int most = transactions.call(() -> {
            execute("insert into notes values (1)");
            return transactions.call(() -> {
                execute("insert into notes values (2)");
                return pool.getActiveConnections();
            });
        });

        assertThat(most).isEqualTo(1);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void condemnsTheWholeWhenAPartThrewAndWasCaught() {
        assertThatThrownBy(() -> transactions.run(() -> {
                    execute("insert into notes values (1)");
                    try {
                        transactions.run(() -> {
                            throw new IllegalArgumentException("no");
                        });
                    } catch (IllegalArgumentException e) {
                        execute("insert into notes values (2)");
                    }
                }))
                .isInstanceOf(TransactionFailed.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);

        assertThat(count()).isZero();
    }

    @Test
    void leavesItsEndToTheOutermost() {
        assertThatThrownBy(() -> transactions.run(() -> {
                    try (Connection connection = transactions.dataSource().getConnection()) {
                        connection.commit();
                        connection.setAutoCommit(true);
                        execute("insert into notes values (1)");
                    }
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(count()).isZero();
    }

    @Test
    void commitsEachStatementOutsideOfOne() throws SQLException {
        execute("insert into notes values (1)");

        assertThat(count()).isEqualTo(1);
        assertThat(transactions.isRunning()).isFalse();
    }

    @Test
    void saysThatNoTransactionCanBeBegunWithoutADatabase() {
        var away = new JdbcDataSource();
        away.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";IFEXISTS=TRUE");

        assertThatThrownBy(() -> new JdbcTransactions(away).run(() -> {})).isInstanceOf(TransactionFailed.class);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = transactions.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from notes")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
