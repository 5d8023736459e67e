package org.tidings.mail.internal.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingState;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.outcomes.Causes;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/** Reads the figures that {@link TryCounts} and the book of returned mail keep. */
public final class KeptFigures implements SendingFigures {

    private static final int ROWS_AT_MOST = 200;
    private static final int KEPT_MONTHS = 13;

    private final Sql sql;
    private final Clock clock;
    private final Alarms alarms;
    private final TryMeter meter;

    public KeptFigures(Sql sql, Clock clock, Alarms alarms, TryMeter meter) {
        this.sql = sql;
        this.clock = clock;
        this.alarms = alarms;
        this.meter = meter;
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }

    // Lanes

    private record Going(MessageClass lane, boolean paused, long undecided, OffsetDateTime since) {}

    private record Letters(long waiting, Optional<OffsetDateTime> oldest) {}

    @Override
    public List<Lane> lanes() {
        List<Going> mailings = going();
        Map<MessageClass, Map<Outcome, Long>> lastHour = lastHour();
        Letters letters = sql.first(
                        "select count(*) as n, min(posted_at) as oldest from mail.letters where next_try is not null",
                        row -> new Letters(row.getLong("n"), Sql.timeOrNone(row, "oldest")))
                .orElse(new Letters(0, Optional.empty()));
        List<Lane> lanes = new ArrayList<>();
        for (MessageClass lane : MessageClass.values()) {
            List<Going> own = mailings.stream().filter(m -> m.lane() == lane).toList();
            boolean account = lane == MessageClass.ACCOUNT;
            Optional<OffsetDateTime> oldest = account
                    ? letters.oldest()
                    : own.stream()
                            .filter(m -> m.undecided() > 0)
                            .map(Going::since)
                            .min(Comparator.naturalOrder());
            lanes.add(new Lane(
                    lane,
                    (account ? letters.waiting() : 0)
                            + own.stream().mapToLong(Going::undecided).sum(),
                    oldest,
                    own.size(),
                    (int) own.stream().filter(Going::paused).count(),
                    lastHour.getOrDefault(lane, none())));
        }
        return lanes;
    }

    /** Mailings that something is still to be done for, from their own figures: nobody's deliveries are counted. */
    private List<Going> going() {
        return sql.list(
                "select m.kind, m.state, m.expected, m.not_before, coalesce(sum(case when c.what in (1, 3, ?, ?) then c.n end), 0)"
                        + " as decided from mail.mailings m left join mail.mailing_counts c on c.mailing = m.number"
                        + " where m.active and m.state in ('RUNNING', 'PAUSED')"
                        + " group by m.number, m.kind, m.state, m.expected, m.not_before",
                row -> new Going(
                        MailKind.valueOf(row.getString("kind")).messageClass(),
                        MailingState.valueOf(row.getString("state")) == MailingState.PAUSED,
                        Math.max(0, row.getLong("expected") - row.getLong("decided")),
                        Sql.time(row, "not_before")),
                // Who was skipped for any other reason was left out of what is expected.
                Codes.SKIPPED + Codes.of(SkipReason.ADDRESS_NOT_REACHABLE),
                Codes.SKIPPED + Codes.of(SkipReason.EXPIRED));
    }

    private Map<MessageClass, Map<Outcome, Long>> lastHour() {
        Map<MessageClass, Map<Outcome, Long>> byLane = new EnumMap<>(MessageClass.class);
        OffsetDateTime from = now().truncatedTo(ChronoUnit.HOURS).minusHours(1);
        sql.list(
                "select lane, outcome, sum(n) as n from mail.tries_by_hour where at_hour >= ? group by lane, outcome",
                row -> {
                    byLane.computeIfAbsent(Codes.lane(row.getInt("lane")), lane -> none())
                            .merge(outcome(row.getInt("outcome")), row.getLong("n"), Long::sum);
                    return 1;
                },
                from);
        return byLane;
    }

    private static Map<Outcome, Long> none() {
        Map<Outcome, Long> none = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            none.put(outcome, 0L);
        }
        return none;
    }

    private static Outcome outcome(int code) {
        return switch (code) {
            case Codes.HANDED_OVER -> Outcome.HANDED_OVER;
            case Codes.FAILED -> Outcome.FAILED;
            case Codes.DEFERRED -> Outcome.DEFERRED;
            default -> Outcome.DOUBTFUL;
        };
    }

    // Refusals

    @Override
    public List<Tries> unsuccessful(int hours) {
        return sql.list(
                "select lane, outcome, reason, sum(n) as n from mail.tries_by_hour where at_hour > ? and outcome <> ?"
                        + " group by lane, outcome, reason order by sum(n) desc, reason limit ?",
                row -> new Tries(
                        Codes.lane(row.getInt("lane")),
                        outcome(row.getInt("outcome")),
                        side(row.getString("reason")),
                        row.getString("reason"),
                        row.getLong("n")),
                now().minusHours(hours),
                Codes.HANDED_OVER,
                ROWS_AT_MOST);
    }

    private static Side side(String name) {
        for (Reason reason : Reason.values()) {
            if (reason.name().equals(name)) {
                return Causes.ADDRESS.contains(reason)
                        ? Side.ADDRESS
                        : Causes.OURS.contains(reason) ? Side.OURS : Side.PASSING;
            }
        }
        return Side.PASSING;
    }

    private static Side side(String sort, String reason) {
        return switch (sort) {
            case "HardBounce" -> Side.ADDRESS;
            case "OurFault" -> Side.OURS;
            default -> side(reason);
        };
    }

    @Override
    public List<Refused> refused(int days) {
        record Key(Side side, String reason) {}
        Map<Key, long[]> sums = new HashMap<>();
        sql.list(
                "select reason, sum(n) as n from mail.tries_by_hour where at_hour >= ? and outcome = ? group by reason",
                row -> {
                    String reason = row.getString("reason");
                    sums.computeIfAbsent(new Key(side(reason), reason), k -> new long[2])[0] += row.getLong("n");
                    return 1;
                },
                firstOf(days),
                Codes.FAILED);
        sql.list(
                "select sort, reason, sum(n) as n from mail.returns_by_day where on_day >= ? and " + BOUNCES
                        + " group by sort, reason",
                row -> {
                    String reason = row.getString("reason");
                    sums.computeIfAbsent(new Key(side(row.getString("sort"), reason), reason), k -> new long[2])[1] +=
                            row.getLong("n");
                    return 1;
                },
                firstOf(days).toLocalDate());
        return sums.entrySet().stream()
                .map(e -> new Refused(e.getKey().side(), e.getKey().reason(), e.getValue()[0], e.getValue()[1]))
                .sorted(Comparator.comparingLong((Refused r) -> r.atOnce() + r.later())
                        .reversed()
                        .thenComparing(Refused::reason))
                .toList();
    }

    private static final String BOUNCES = "sort in ('HardBounce', 'SoftBounce', 'OurFault')";

    private OffsetDateTime firstOf(int days) {
        return now().truncatedTo(ChronoUnit.DAYS).minusDays(days - 1L);
    }

    // Over time

    private static final class Sums {
        private long newsletters;
        private long handedOver;
        private final Map<Side, Long> refused = new EnumMap<>(Side.class);

        Sums() {
            for (Side side : Side.values()) {
                refused.put(side, 0L);
            }
        }

        private long complaints;
    }

    @Override
    public List<Day> days(int days) {
        OffsetDateTime from = firstOf(days);
        Map<LocalDate, Sums> byDay = new TreeMap<>();
        for (int i = 0; i < days; i++) {
            byDay.put(from.toLocalDate().plusDays(i), new Sums());
        }
        sql.list(
                "select at_hour, lane, outcome, reason, sum(n) as n from mail.tries_by_hour where at_hour >= ? and outcome in (1, 3)"
                        + " group by at_hour, lane, outcome, reason",
                row -> addTries(byDay, row),
                from);
        sql.list(
                "select on_day, sort, reason, sum(n) as n from mail.returns_by_day where on_day >= ? group by on_day, sort, reason",
                row -> addReturns(byDay, row),
                from.toLocalDate());
        return byDay.entrySet().stream()
                .map(e -> new Day(
                        e.getKey(),
                        e.getValue().newsletters,
                        e.getValue().handedOver,
                        e.getValue().refused,
                        e.getValue().complaints))
                .toList();
    }

    private static int addTries(Map<LocalDate, Sums> byDay, ResultSet row) throws SQLException {
        LocalDate day =
                Sql.time(row, "at_hour").withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        Sums sums = byDay.computeIfAbsent(day, d -> new Sums());
        long n = row.getLong("n");
        if (row.getInt("outcome") == Codes.FAILED) {
            sums.refused.merge(side(row.getString("reason")), n, Long::sum);
        } else {
            sums.handedOver += n;
            sums.newsletters += Codes.lane(row.getInt("lane")) == MessageClass.NEWSLETTER ? n : 0;
        }
        return 1;
    }

    private static int addReturns(Map<LocalDate, Sums> byDay, ResultSet row) throws SQLException {
        Sums sums = byDay.computeIfAbsent(row.getObject("on_day", LocalDate.class), d -> new Sums());
        String sort = row.getString("sort");
        long n = row.getLong("n");
        if (sort.equals("Complaint")) {
            sums.complaints += n;
        } else if (sort.equals("HardBounce") || sort.equals("SoftBounce") || sort.equals("OurFault")) {
            sums.refused.merge(side(sort, row.getString("reason")), n, Long::sum);
        }
        return 1;
    }

    // Alarms

    @Override
    public List<Alarm> alarms() {
        return alarms.shown();
    }

    @Override
    public void dismiss(String reason) {
        alarms.dismiss(reason);
    }

    @Override
    public List<Stopped> stopped() {
        return sql.list(
                "select * from mail.mailings where active and state = 'PAUSED' and stopped_at is not null order by stopped_at desc",
                row -> new Stopped(
                        new MailingId(Sql.id(row, "id")),
                        row.getString("title"),
                        MailKind.valueOf(row.getString("kind")).messageClass(),
                        Sql.time(row, "stopped_at"),
                        row.getString("stopped_reason"),
                        Diagnostic.of(row.getString("stopped_said")),
                        row.getLong("stopped_tries"),
                        row.getLong("stopped_ours")));
    }

    @Override
    public List<Unaccounted> unaccounted() {
        return sql.list(
                "select id, title, kind, unaccounted from mail.mailings where unaccounted > 0 order by created_at desc",
                row -> new Unaccounted(
                        new MailingId(Sql.id(row, "id")),
                        row.getString("title"),
                        MailKind.valueOf(row.getString("kind")).messageClass(),
                        row.getLong("unaccounted")));
    }

    @Override
    public List<Doubtful> doubtful(int days) {
        return sql.list(
                "select m.id, m.title, m.number, sum(t.n) as n from mail.tries_by_hour t join mail.mailings m on m.number = t.mailing"
                        + " where t.at_hour >= ? and t.outcome = ? group by m.id, m.title, m.number order by m.number desc limit ?",
                row -> new Doubtful(new MailingId(Sql.id(row, "id")), row.getString("title"), row.getLong("n")),
                firstOf(days),
                Codes.DOUBTFUL,
                ROWS_AT_MOST);
    }

    // For curves

    @Override
    public List<Counter> counters() {
        return meter.counters();
    }

    @Override
    public List<Counter> returned() {
        return sql.list(
                "select sort, reason, sum(n) as n from mail.returns_by_day group by sort, reason order by sort, reason",
                row -> new Counter(
                        MessageClass.NEWSLETTER, row.getString("sort"), row.getString("reason"), row.getLong("n")));
    }

    /** Drops what is too old to be shown. */
    public void forgetOld() {
        sql.update("delete from mail.tries_by_hour where at_hour < ?", now().minusMonths(KEPT_MONTHS));
        sql.update("delete from mail.mailing_minutes where at < ?", now().minusDays(1));
    }
}
