package org.tidings.web.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.site.ModuleSchema;

/**
 * Answers to requests with an idempotency key, kept for a day. Each statement commits by itself: a key is taken before the
 * operation's own transaction begins, and its answer kept after that has ended. If the process dies in between the key stays
 * taken for the day, because nobody knows whether the operation happened.
 */
@ApplicationScoped
class KeptAnswers {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final String UNIQUE_CLASH = "23505";

    /** @param status 0 while the first request is under way */
    record Kept(
            String requestHash,
            int status,
            @Nullable String location,
            @Nullable String type,
            byte[] body) {}

    @Inject
    private DataSource dataSource;

    @Inject
    private Clock clock;

    /** Takes the key, or says who has it. */
    Optional<Kept> take(UUID token, String keyHash, String requestHash) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(clock);
        try (Connection connection = dataSource.getConnection()) {
            // Of all tokens: one that is never used again would leave its answers behind.
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM web.idempotent_requests WHERE taken_at < ?")) {
                delete.setObject(1, now.minus(KEPT));
                delete.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO web.idempotent_requests (token_id, key_hash, request_hash, taken_at, status)"
                            + " VALUES (?, ?, ?, ?, 0)")) {
                insert.setObject(1, token);
                insert.setString(2, keyHash);
                insert.setString(3, requestHash);
                insert.setObject(4, now);
                insert.executeUpdate();
                return Optional.empty();
            } catch (SQLException e) {
                if (!UNIQUE_CLASH.equals(e.getSQLState())) {
                    throw e;
                }
            }
            return find(connection, token, keyHash);
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

    void free(UUID token, String keyHash) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM web.idempotent_requests WHERE token_id = ? AND key_hash = ?")) {
            delete.setObject(1, token);
            delete.setString(2, keyHash);
            delete.executeUpdate();
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
