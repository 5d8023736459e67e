package org.tidings.mail.internal.returned;

import com.fasterxml.uuid.Generators;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what came back: first the mail as it came, later what was made of it. Every call joins the transaction that the data
 * source's connections are in.
 */
public final class ReturnedMailBook {
    /** How long the mail itself is kept (B01). */
    public static final Duration RAW_KEPT = Duration.ofDays(90);

    private final DataSource dataSource;

    public ReturnedMailBook(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A mail that waits to be understood. */
    public record Kept(UUID id, OffsetDateTime cameAt, String way, Optional<String> envelopeRecipient, byte[] raw) {}

    /**
     * What was made of one recipient in it.
     *
     * @param effect for staff: "none", "suppressed", "forged" or "untrusted"
     */
    public record Entry(ReturnedMail mail, Optional<UUID> addressHash, boolean trusted, String effect) {}

    /** A line for staff; the mail itself is {@link #raw}. */
    public record Line(
            UUID returnedMail,
            OffsetDateTime cameAt,
            String sort,
            String reason,
            Optional<String> status,
            String effect,
            String diagnostic) {}

    /** Stores a mail as it came. When this has committed, the other side may forget it. */
    public UUID keep(String way, @Nullable String envelopeRecipient, byte[] raw, OffsetDateTime cameAt) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        String recipient = envelopeRecipient == null || envelopeRecipient.length() <= 320 ? envelopeRecipient : null;
        update(
                "insert into mail.returned_mails (id, came_at, way, envelope_recipient, raw) values (?, ?, ?, ?, ?)",
                id,
                cameAt,
                way,
                recipient,
                raw);
        return id;
    }

    /** The oldest mails that nothing was made of yet. */
    public List<Kept> waiting(int limit) {
        return list(
                "select id, came_at, way, envelope_recipient, raw from mail.returned_mails"
                        + " where handled_at is null and raw is not null order by came_at limit ?",
                row -> new Kept(
                        row.getObject("id", UUID.class),
                        row.getObject("came_at", OffsetDateTime.class),
                        row.getString("way"),
                        Optional.ofNullable(row.getString("envelope_recipient")),
                        row.getBytes("raw")),
                limit);
    }

    /**
     * Claims a waiting mail for this transaction.
     *
     * @return false if another node was faster
     */
    public boolean claim(UUID id, OffsetDateTime now) {
        return update("update mail.returned_mails set handled_at = ? where id = ? and handled_at is null", now, id)
                == 1;
    }

    /** Writes down what was made of it. */
    public void understood(Kept kept, List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            ReturnedMail.Report report = entry.mail().report();
            update(
                    "insert into mail.returned_reports (returned_mail, place, came_at, sort, reason, status, address_hash, trusted,"
                            + " effect, message_id, diagnostic) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    kept.id(),
                    i,
                    kept.cameAt(),
                    entry.mail().getClass().getSimpleName(),
                    report.reason().name(),
                    report.status()
                            .map(EnhancedStatus::toString)
                            .filter(s -> s.length() <= 15)
                            .orElse(null),
                    entry.addressHash().orElse(null),
                    entry.trusted(),
                    entry.effect(),
                    report.messageId().orElse(null),
                    // PostgreSQL takes no NUL in text.
                    report.diagnostic().replace("\0", ""));
        }
    }

    /** When trusted reports of that sort and reason came for the address since then, oldest first. */
    public List<OffsetDateTime> cameFor(UUID addressHash, String sort, @Nullable Reason reason, OffsetDateTime since) {
        return list(
                "select came_at from mail.returned_reports where address_hash = ? and came_at >= ? and trusted = true and sort = ?"
                        + " and (reason = ? or cast(? as varchar(30)) is null) order by came_at limit 100",
                row -> row.getObject("came_at", OffsetDateTime.class),
                addressHash,
                since,
                sort,
                reason == null ? null : reason.name(),
                reason == null ? null : reason.name());
    }

    /** How many of each sort and reason came since then: "HardBounce USER_UNKNOWN" and the like. */
    public Map<String, Long> figures(OffsetDateTime since) {
        Map<String, Long> figures = new LinkedHashMap<>();
        list(
                        "select sort, reason, count(*) as n from mail.returned_reports where came_at >= ? group by sort, reason order by n desc",
                        row -> Map.entry(row.getString("sort") + " " + row.getString("reason"), row.getLong("n")),
                        since)
                .forEach(e -> figures.put(e.getKey(), e.getValue()));
        return figures;
    }

    /** What came for an address, newest first. */
    public List<Line> about(UUID addressHash, int limit) {
        return list(
                "select * from mail.returned_reports where address_hash = ? order by came_at desc limit ?",
                ReturnedMailBook::line,
                addressHash,
                limit);
    }

    /** What was not understood or had no trusted origin, newest first, for review. */
    public List<Line> toReview(int limit) {
        return list(
                "select * from mail.returned_reports where reason = 'UNKNOWN' and sort in ('SoftBounce', 'NotUnderstood') or trusted = false"
                        + " order by came_at desc limit ?",
                ReturnedMailBook::line,
                limit);
    }

    /** The mail as it came, unless its time is over. */
    public Optional<byte[]> raw(UUID returnedMail) {
        return list(
                        "select raw from mail.returned_mails where id = ? and raw is not null",
                        row -> row.getBytes("raw"),
                        returnedMail)
                .stream()
                .findFirst();
    }

    /** Empties mails whose time is over. @return how many */
    public int dropRaw(OffsetDateTime now) {
        return update(
                "update mail.returned_mails set raw = null, envelope_recipient = null"
                        + " where came_at < ? and raw is not null and handled_at is not null",
                now.minus(RAW_KEPT));
    }

    /** Empties every mail that speaks of an address: it is being erased. What was made of them stays, by hash. */
    public int forget(UUID addressHash) {
        return update(
                        "update mail.returned_mails set raw = null, envelope_recipient = null where id in"
                                + " (select returned_mail from mail.returned_reports where address_hash = ?)",
                        addressHash)
                + update(
                        "update mail.returned_reports set diagnostic = '', message_id = null where address_hash = ?",
                        addressHash);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getObject("returned_mail", UUID.class),
                row.getObject("came_at", OffsetDateTime.class),
                row.getString("sort"),
                row.getString("reason"),
                Optional.ofNullable(row.getString("status")),
                row.getString("effect"),
                row.getString("diagnostic"));
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private int update(String sql, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException("the database failed", failed);
        }
    }

    private <T> List<T> list(String sql, Row<T> reader, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the database failed", failed);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }
}
