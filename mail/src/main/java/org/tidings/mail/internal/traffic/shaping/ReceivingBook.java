package org.tidings.mail.internal.traffic.shaping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** Restraints as rows. Every call joins the transaction that the data source's connections are in. */
public final class ReceivingBook {

    private static final Duration KEPT_AFTERWARDS = Duration.ofDays(7);
    private static final String COLUMNS = "receiver, since, until, at_once, per_minute, reason";

    private final DataSource dataSource;

    public ReceivingBook(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The database failed; nothing of the call is kept. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException cause) {
            super(cause);
        }
    }

    /** Writes a restraint down, together with one that another node may have set meanwhile. */
    void keep(Restraint restraint, OffsetDateTime now) {
        Restraint kept = find(restraint.receiver())
                .filter(known -> known.holds(now))
                .map(restraint::and)
                .orElse(restraint);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update mail.receiving_limits set since = ?, until = ?, at_once = ?, per_minute = ?, reason = ?"
                                + " where receiver = ?")) {
            bind(update, kept);
            update.setString(6, kept.receiver());
            if (update.executeUpdate() > 0) {
                return;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into mail.receiving_limits (since, until, at_once, per_minute, reason, receiver)"
                            + " values (?, ?, ?, ?, ?, ?) on conflict do nothing")) {
                bind(insert, kept);
                insert.setString(6, kept.receiver());
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private static void bind(PreparedStatement statement, Restraint kept) throws SQLException {
        statement.setObject(1, kept.since());
        statement.setObject(2, kept.until());
        statement.setInt(3, kept.atOnce());
        statement.setInt(4, kept.perMinute());
        statement.setString(5, kept.reason());
    }

    private Optional<Restraint> find(String receiver) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select " + COLUMNS + " from mail.receiving_limits where receiver = ? for update")) {
            select.setString(1, receiver);
            return read(select).stream().findFirst();
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /** What holds now. */
    List<Restraint> inForce(OffsetDateTime now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select " + COLUMNS + " from mail.receiving_limits where until > ? order by receiver")) {
            select.setObject(1, now);
            return read(select);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /** Ends a restraint, by staff. */
    void lift(String receiver) {
        update("delete from mail.receiving_limits where receiver = ?", receiver);
    }

    void forgetOld(OffsetDateTime now) {
        update("delete from mail.receiving_limits where until < ?", now.minus(KEPT_AFTERWARDS));
    }

    private void update(String sql, Object argument) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, argument);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private static List<Restraint> read(PreparedStatement select) throws SQLException {
        List<Restraint> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Restraint(
                        text(row, "receiver"),
                        Objects.requireNonNull(row.getObject("since", OffsetDateTime.class)),
                        Objects.requireNonNull(row.getObject("until", OffsetDateTime.class)),
                        row.getInt("at_once"),
                        row.getInt("per_minute"),
                        text(row, "reason")));
            }
        }
        return found;
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
