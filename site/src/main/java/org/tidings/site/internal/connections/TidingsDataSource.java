package org.tidings.site.internal.connections;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.tidings.site.DatabaseAddress;

/** Opens connections to the database that {@link DatabaseAddress} names: H2 or PostgreSQL. {@link Pool} keeps them. */
public class TidingsDataSource implements DataSource {

    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    /** A peer that vanished without a word is noticed after this; longer than any statement of ours may take. */
    private static final int SOCKET_TIMEOUT_SECONDS = 300;

    /**
     * A node that stands still in a transaction, frozen or cut off, holds its locks no longer than this; no statement of ours is waited for
     * so long between two. Left as it is where the operator has set it for the role or in the address.
     */
    private static final String STANDING_STILL =
            "select set_config('idle_in_transaction_session_timeout', '60s', false)"
                    + " where current_setting('idle_in_transaction_session_timeout') = '0'";

    private final DataSource database;
    private final Opening opening;

    @FunctionalInterface
    private interface Opening {
        Connection open() throws SQLException;
    }

    /** As configured; public for the pool, which makes it. */
    public TidingsDataSource() {
        this(DatabaseAddress.of(ConfigProvider.getConfig()));
    }

    TidingsDataSource(DatabaseAddress address) {
        this.database = address.isEmbedded() ? h2(address) : postgres(address);
        this.opening = address.isEmbedded() ? new EmbeddedConnections(database)::open : this::openBounded;
    }

    private static DataSource h2(DatabaseAddress address) {
        var source = new JdbcDataSource();
        source.setURL(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        return source;
    }

    private static DataSource postgres(DatabaseAddress address) {
        var source = new PGSimpleDataSource();
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        source.setLoginTimeout(CONNECT_TIMEOUT_SECONDS);
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setTcpKeepAlive(true);
        source.setApplicationName("tidings");
        source.setReWriteBatchedInserts(true);
        // Details name the values that a constraint refused; they would end up in logs (SEC-66).
        source.setLogServerErrorDetail(false);
        source.setURL(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        return source;
    }

    private Connection openBounded() throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(STANDING_STILL);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return opening.open();
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return opening.open();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
        database.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // Ours stands: a start without its database must say so soon.
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
