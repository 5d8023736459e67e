package org.tidings.mail.internal.returned;

import com.fasterxml.uuid.Generators;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.replies.EnhancedStatus;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.returned.reading.ReturnedMail;

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
     * @param effect for staff: "none", "suppressed", "forged", "untrusted" or "failed"
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
            String way,
            String diagnostic,
            Optional<UUID> addressHash,
            boolean rawKept) {}

    /** How many of one sort and reason. */
    public record Figure(String sort, String reason, long count) {}

    /**
     * Stores a mail as it came. When this has committed, the other side may forget it. The same bytes by the same way to the same
     * recipient are one mail: it was sent again because our answer was lost, fetched again after a crash, or replayed.
     *
     * @return empty if it was there
     */
    public Optional<UUID> keep(String way, @Nullable String envelopeRecipient, byte[] raw, OffsetDateTime cameAt) {
        return keep(way, envelopeRecipient, raw, raw, cameAt);
    }

    /**
     * The same where other bytes tell whether it was there.
     *
     * @param once what no other mail or report by that way has
     */
    public Optional<UUID> keep(
            String way, @Nullable String envelopeRecipient, byte[] raw, byte[] once, OffsetDateTime cameAt) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        String recipient = envelopeRecipient == null || envelopeRecipient.length() <= 320 ? envelopeRecipient : null;
        int stored = update(
                "insert into mail.returned_mails (id, came_at, way, envelope_recipient, raw, content_hash)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                id,
                cameAt,
                way,
                recipient,
                raw,
                contentHash(way, recipient, once));
        return stored == 1 ? Optional.of(id) : Optional.empty();
    }

    private static String contentHash(String way, @Nullable String recipient, byte[] once) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((way + "\n" + (recipient == null ? "" : recipient) + "\n").getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(once));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Makes this node the only one that fetches from a mailbox, or says so again.
     *
     * @return false while another node does
     */
    public boolean lease(String name, UUID node, OffsetDateTime now, OffsetDateTime until) {
        int taken = update(
                "update mail.leases set holder = ?, until_at = ? where name = ? and (holder = ? or until_at < ?)",
                node,
                until,
                name,
                node,
                now);
        return taken == 1
                || update(
                                "insert into mail.leases (name, holder, until_at) values (?, ?, ?) on conflict do nothing",
                                name,
                                node,
                                until)
                        == 1;
    }

    /** Another node may fetch at once, if this one did. */
    public void giveBackLease(String name, UUID node, OffsetDateTime now) {
        update("update mail.leases set until_at = ? where name = ? and holder = ?", now, name, node);
    }

    /** The oldest mails that nothing was made of yet; only their ids, since they may be large. */
    public List<UUID> waiting(int limit) {
        return list(
                "select id from mail.returned_mails where handled_at is null and raw is not null order by came_at limit ?",
                row -> row.getObject("id", UUID.class),
                limit);
    }

    /** One of them; empty when another node was faster. */
    public Optional<Kept> find(UUID id) {
        return list(
                        "select id, came_at, way, envelope_recipient, raw from mail.returned_mails"
                                + " where id = ? and handled_at is null and raw is not null",
                        row -> new Kept(
                                row.getObject("id", UUID.class),
                                row.getObject("came_at", OffsetDateTime.class),
                                row.getString("way"),
                                Optional.ofNullable(row.getString("envelope_recipient")),
                                row.getBytes("raw")),
                        id)
                .stream()
                .findFirst();
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
                            + " effect, mailing, message_id, diagnostic) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                    report.target()
                            .flatMap(target -> target.mailing().stream().boxed().findFirst())
                            .orElse(null),
                    report.messageId().map(id -> id.replace("\0", "")).orElse(null),
                    withoutAddresses(report.diagnostic()));
            if (entry.trusted()) {
                count(kept, entry.mail());
            }
        }
    }

    /** What can be trusted is counted by day, so that nobody has to count reports. */
    private void count(Kept kept, ReturnedMail mail) {
        LocalDate day = kept.cameAt().withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        long mailing = mail.report().target().stream()
                .flatMapToLong(target -> target.mailing().stream())
                .findFirst()
                .orElse(0);
        // That somebody takes a complaint back, or found a virus, is none.
        boolean none = mail instanceof ReturnedMail.Complaint complaint
                && !complaint.kind().stopsNewsletters();
        String sort = none ? "OtherFeedback" : mail.getClass().getSimpleName();
        String reason = mail.report().reason().name();
        String again =
                "update mail.returns_by_day set n = n + 1 where on_day = ? and mailing = ? and sort = ? and reason = ?";
        if (update(again, day, mailing, sort, reason) == 0
                && update(
                                "insert into mail.returns_by_day (on_day, mailing, sort, reason, n) values (?, ?, ?, ?, 1)"
                                        + " on conflict do nothing",
                                day,
                                mailing,
                                sort,
                                reason)
                        == 0) {
            update(again, day, mailing, sort, reason);
        }
    }

    /** The local parts of addresses go: the row outlives the mail. PostgreSQL takes no NUL in text. */
    static String withoutAddresses(String words) {
        return LOCAL_PART.matcher(words.replace("\0", "")).replaceAll("…@");
    }

    private static final Pattern LOCAL_PART = Pattern.compile("[^\\s<>\"'(),;:\\[\\]@=]{1,128}@");

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

    /** How many of each sort and reason came since then, most first. */
    public List<Figure> figures(OffsetDateTime since) {
        return list(
                "select sort, reason, count(*) as n from mail.returned_reports where came_at >= ? group by sort, reason"
                        + " order by n desc, sort, reason",
                row -> new Figure(row.getString("sort"), row.getString("reason"), row.getLong("n")),
                since);
    }

    public long countWaiting() {
        return list(
                        "select count(*) as n from mail.returned_mails where handled_at is null and raw is not null",
                        row -> row.getLong("n"))
                .get(0);
    }

    private static final String LINES =
            "select r.*, m.way, case when m.raw is null then 0 else 1 end as raw_kept from mail.returned_reports r"
                    + " join mail.returned_mails m on m.id = r.returned_mail ";

    /** What was made of one mail. */
    public List<Line> of(UUID returnedMail) {
        return list(LINES + "where r.returned_mail = ? order by r.place", ReturnedMailBook::line, returnedMail);
    }

    /** What came for an address, newest first. */
    public List<Line> about(UUID addressHash, int limit) {
        return list(
                LINES + "where r.address_hash = ? order by r.came_at desc limit ?",
                ReturnedMailBook::line,
                addressHash,
                limit);
    }

    /** Newest first; of one sort, and before a time, where given. */
    public List<Line> newest(@Nullable String sort, @Nullable OffsetDateTime before, int limit) {
        return list(
                LINES + "where (cast(? as varchar(20)) is null or r.sort = ?)"
                        + " and (cast(? as timestamp with time zone) is null or r.came_at < ?)"
                        + " order by r.came_at desc limit ?",
                ReturnedMailBook::line,
                sort,
                sort,
                before,
                before,
                limit);
    }

    /** What was not understood or had no trusted origin, newest first, for review. */
    public List<Line> toReview(int limit) {
        return list(
                LINES + "where r.reason = 'UNKNOWN' and r.sort in ('SoftBounce', 'NotUnderstood')"
                        + " or r.trusted = false and r.sort <> 'AutoReply' order by r.came_at desc limit ?",
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
                row.getString("way"),
                row.getString("diagnostic"),
                Optional.ofNullable(row.getObject("address_hash", UUID.class)),
                row.getInt("raw_kept") == 1);
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
