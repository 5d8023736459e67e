package org.tidings.web.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.site.ModuleSchema;

/**
 * Answers to requests with an idempotency key, kept for a day. Key and answer are written in the operation's transaction: a request
 * that died or was refused leaves no key, and a second one that comes meanwhile finds the key locked.
 */
@ApplicationScoped
class KeptAnswers {

    private static final Duration KEPT = Duration.ofHours(24);
    /** So long a node of an earlier version may be at work on an operation whose key it has committed. */
    private static final Duration UNANSWERED_KEPT = Duration.ofHours(1);
    /** So long a repeated request waits for the first one before it is told that that is under way. */
    private static final int PATIENCE_MILLIS = 500;

    private static final String POSTGRESQL_LOCK_TIMEOUT = "55P03";
    private static final String H2_LOCK_TIMEOUT = "HYT00";

    /** What was answered before. */
    record Kept(
            String requestHash,
            int status,
            @Nullable String location,
            @Nullable String type,
            byte[] body) {}

    /** Another request with this key has not ended yet. */
    static final class UnderWay extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Inject
    private DataSource dataSource;

    @Inject
    private Clock clock;

    /**
     * Of all tokens: one that is never used again would leave its answers behind. So did those that died under versions that committed
     * the key first: their status is 0. Outside of the operation's transaction.
     */
    void forgetOld() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM web.idempotent_requests WHERE taken_at < ? OR (status = 0 AND taken_at < ?)")) {
            OffsetDateTime now = OffsetDateTime.now(clock);
            delete.setObject(1, now.minus(KEPT));
            delete.setObject(2, now.minus(UNANSWERED_KEPT));
            delete.executeUpdate();
        }
    }

    /**
     * Takes the key in the running transaction, or says what was answered to whoever had it.
     *
     * @throws UnderWay when somebody else has it and has not ended; the transaction is of no use any more
     */
    Optional<Kept> take(UUID token, String keyHash, String requestHash) throws SQLException, UnderWay {
        try (Connection connection = dataSource.getConnection()) {
            if (insert(connection, token, keyHash, requestHash)) {
                return Optional.empty();
            }
            return find(connection, token, keyHash);
        }
    }

    private boolean insert(Connection connection, UUID token, String keyHash, String requestHash)
            throws SQLException, UnderWay {
        boolean postgres = connection.getMetaData().getDatabaseProductName().startsWith("PostgreSQL");
        String before = postgres ? "show lock_timeout" : "select lock_timeout()";
        String usual = text(connection, before);
        setLockTimeout(connection, postgres, PATIENCE_MILLIS + (postgres ? "ms" : ""));
        boolean inserted = false;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO web.idempotent_requests (token_id, key_hash, request_hash, taken_at, status)"
                        + " VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING")) {
            insert.setObject(1, token);
            insert.setString(2, keyHash);
            insert.setString(3, requestHash);
            insert.setObject(4, OffsetDateTime.now(clock));
            inserted = insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (!postgres) {
                setLockTimeout(connection, false, usual);
            }
            if (POSTGRESQL_LOCK_TIMEOUT.equals(e.getSQLState()) || H2_LOCK_TIMEOUT.equals(e.getSQLState())) {
                throw new UnderWay();
            }
            throw e;
        }
        setLockTimeout(connection, postgres, usual);
        return inserted;
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** PostgreSQL's ends with the transaction, H2's would stay with the connection. */
    private static void setLockTimeout(Connection connection, boolean postgres, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(postgres ? "set local lock_timeout = '" + value + "'" : "set lock_timeout " + value);
        }
    }

    private static Optional<Kept> find(Connection connection, UUID token, String keyHash) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT request_hash, status, location, content_type, body FROM web.idempotent_requests"
                        + " WHERE token_id = ? AND key_hash = ?")) {
            select.setObject(1, token);
            select.setString(2, keyHash);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                byte @Nullable [] body = rows.getBytes(5);
                return Optional.of(new Kept(
                        rows.getString(1),
                        rows.getInt(2),
                        rows.getString(3),
                        rows.getString(4),
                        body == null ? new byte[0] : body));
            }
        }
    }

    /** Writes the answer beside its key, in the running transaction. */
    void keep(UUID token, String keyHash, int status, @Nullable String location, @Nullable String type, byte[] body)
            throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE web.idempotent_requests SET status = ?, location = ?,"
                                + " content_type = ?, body = ? WHERE token_id = ? AND key_hash = ?")) {
            update.setInt(1, status);
            update.setString(2, location);
            update.setString(3, type);
            update.setBytes(4, body);
            update.setObject(5, token);
            update.setString(6, keyHash);
            update.executeUpdate();
        }
    }

    /** The schema of this module. */
    @Dependent
    static class Schema {
        @Produces
        @Dependent
        static ModuleSchema web() {
            return new ModuleSchema("web", "db/web");
        }
    }
}
