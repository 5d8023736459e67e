package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.tidings.site.Now;

/**
 * Counters in the database, so that limits hold across restarts and nodes. A counter's row is locked until the transaction
 * ends: take several in the order account, network, site.
 */
@ApplicationScoped
class Limits {

    @Inject
    @AccountsDb
    DataSource dataSource;

    @Inject
    Now now;

    /** @param until end of the window, or of the pause */
    record Count(int used, OffsetDateTime since, OffsetDateTime until) {}

    /** So many in a window that begins with the first use. */
    record Limit(String name, int most, Duration window) {}

    /** Takes one of {@code most} in a window that begins with its first use. @return false when none is left */
    boolean take(String name, int most, Duration window) {
        return takeOfAll(new Limit(name, most, window)).isEmpty();
    }

    /**
     * Takes one of each, or of none.
     *
     * @return when the first of them that is used up begins anew; empty when all had one left
     */
    Optional<OffsetDateTime> takeOfAll(Limit... limits) {
        OffsetDateTime at = now.get();
        Count[] counts = new Count[limits.length];
        for (int i = 0; i < limits.length; i++) {
            Limit limit = limits[i];
            counts[i] = lock(limit.name())
                    .filter(c -> c.until().isAfter(at))
                    .orElse(new Count(0, at, at.plus(limit.window())));
            if (counts[i].used() >= limit.most()) {
                return Optional.of(counts[i].until());
            }
        }
        for (int i = 0; i < limits.length; i++) {
            put(limits[i].name(), new Count(counts[i].used() + 1, counts[i].since(), counts[i].until()));
        }
        return Optional.empty();
    }

    /** How many of the window were taken, without a lock. */
    int used(String name) {
        OffsetDateTime at = now.get();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select used from accounts.limit_count where name = ? and until_at > ?")) {
            select.setString(1, name);
            select.setObject(2, at);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("limits cannot be read", e);
        }
    }

    /** The counter as it is, locked; empty if it was never used. */
    Optional<Count> lock(String name) {
        OffsetDateTime at = now.get();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into accounts.limit_count (name, used, since, until_at) values (?, 0, ?, ?)"
                                + " on conflict do nothing");
                PreparedStatement select = connection.prepareStatement(
                        "select used, since, until_at from accounts.limit_count where name = ? for update")) {
            insert.setString(1, name);
            insert.setObject(2, at);
            insert.setObject(3, at);
            if (insert.executeUpdate() == 1) {
                return Optional.empty();
            }
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Count(
                                row.getInt(1),
                                row.getObject(2, OffsetDateTime.class),
                                row.getObject(3, OffsetDateTime.class)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("limits cannot be read", e);
        }
    }

    void put(String name, Count count) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update accounts.limit_count set used = ?, since = ?, until_at = ? where name = ?")) {
            update.setInt(1, count.used());
            update.setObject(2, count.since());
            update.setObject(3, count.until());
            update.setString(4, name);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("limits cannot be written", e);
        }
    }

    void clear(String name) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from accounts.limit_count where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("limits cannot be written", e);
        }
    }
}
