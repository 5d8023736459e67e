package org.tidings.site.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidings.site.DatabaseAddress;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.TransactionFailed;

class PoolTest {

    private static final int MORE_THAN_IT_HAS = 40;

    private final AgroalDataSource pool = Pool.make(InMemory.class);
    private final JdbcTransactions transactions = new JdbcTransactions(pool);

    /** Made by the pool. */
    public static final class InMemory extends TidingsDataSource {
        public InMemory() {
            super(new DatabaseAddress("jdbc:h2:mem:pool;DB_CLOSE_DELAY=-1", "sa", ""));
        }
    }

    @AfterEach
    void close() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
        transactions.close();
        pool.close();
    }

    /** As when the database was started anew, or has ended a transaction that stood still: neither commit nor rollback are possible. */
    @Test
    void hasAPlaceAgainForEachConnectionThatBrokeInATransaction() {
        for (int i = 0; i < MORE_THAN_IT_HAS; i++) {
            assertThatThrownBy(() -> transactions.run(this::breaks))
                    .isInstanceOfAny(TransactionFailed.class, IllegalStateException.class);
        }

        assertThat(one()).isEqualTo(1);
    }

    /** Nobody may find what it wrote, nor its locks. */
    @Test
    void givesOutNoConnectionWhoseTransactionCouldNotEnd() throws SQLException {
        execute("create table notes (n int)");
        assertThatThrownBy(() -> transactions.run(() -> {
                    execute("insert into notes values (1)");
                    breaks();
                }))
                .isInstanceOfAny(TransactionFailed.class, IllegalStateException.class);

        for (int i = 0; i < MORE_THAN_IT_HAS; i++) {
            assertThat(transactions.<Integer>call(() -> number("select count(*) from notes")))
                    .isZero();
        }
    }

    private void breaks() {
        try (Connection connection = transactions.dataSource().getConnection()) {
            connection.unwrap(Connection.class).close();
            throw new IllegalStateException("and now");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int one() {
        return transactions.call(() -> number("select 1"));
    }

    private int number(String query) throws SQLException {
        try (Connection connection = transactions.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = transactions.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
