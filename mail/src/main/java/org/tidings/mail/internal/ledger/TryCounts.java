package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.logging.Logger;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.outcomes.Causes;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.tables.Sql;

/**
 * Counts tries as they are recorded, in the same transaction: by hour and reason for staff, by minute for the rule that stops a
 * mailing (B05). A batch of a thousand outcomes is a handful of rows.
 */
public final class TryCounts {

    private static final Logger LOG = Logger.getLogger(TryCounts.class.getName());
    private static final int LETTERS = 0;
    private static final int MAX_SAID = 500;

    private final Sql sql;
    private final StopRule rule;
    private final Alarms alarms;
    private final TryMeter meter;
    private volatile Runnable whenStopped = () -> {};

    public TryCounts(Sql sql, StopRule rule, Alarms alarms, TryMeter meter) {
        this.sql = sql;
        this.rule = rule;
        this.alarms = alarms;
        this.meter = meter;
    }

    /** One kind of try; in an order, so that two nodes never wait for each other. */
    private record Key(OffsetDateTime hour, int mailing, MessageClass lane, int outcome, String reason)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::hour)
                .thenComparingInt(Key::mailing)
                .thenComparing(Key::lane)
                .thenComparingInt(Key::outcome)
                .thenComparing(Key::reason);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** What a mailing's tries of this batch came to. */
    private static final class Watch {
        private long tries;
        private long ours;
        private long configuration;
        private OffsetDateTime since = OffsetDateTime.MIN;
        private OffsetDateTime at = OffsetDateTime.MIN;
        private Reason reason = Reason.UNKNOWN;
        private String said = "";
    }

    private record Raised(long n, String said, OffsetDateTime at) {}

    /** Tells this process at once; the others read it within half a second. */
    public void whenStopped(Runnable told) {
        whenStopped = told;
    }

    public Alarms alarms() {
        return alarms;
    }

    Batch begin() {
        return new Batch();
    }

    /** The outcomes of one transaction. */
    public final class Batch {
        private final Map<Key, Long> counts = new TreeMap<>();
        private final Map<Integer, List<Outcome>> ofMailings = new TreeMap<>();
        private boolean stopped;
        private final Map<Reason, Raised> raised = new TreeMap<>();

        /** Counts a try; what was no try is left out. */
        void add(Outcome outcome) {
            int code = switch (outcome.kind()) {
                case HANDED_OVER -> Codes.HANDED_OVER;
                case FAILED -> Codes.FAILED;
                case DEFERRED -> Codes.DEFERRED;
                case DOUBTFUL -> Codes.DOUBTFUL;
                case SKIPPED, PUT_BACK -> 0;
            };
            if (code == 0) {
                return;
            }
            boolean refused = outcome.kind() == Outcome.Kind.FAILED || outcome.kind() == Outcome.Kind.DEFERRED;
            Reason reason = Causes.of(outcome);
            RunningMailing mailing = outcome.work().claim().mailing();
            int number = mailing == null ? LETTERS : mailing.number();
            counts.merge(
                    new Key(
                            outcome.at().truncatedTo(ChronoUnit.HOURS),
                            number,
                            outcome.work().lane(),
                            code,
                            refused ? reason.name() : ""),
                    1L,
                    Long::sum);
            if (refused && Causes.CONFIGURATION.contains(reason)) {
                raised.merge(
                        reason,
                        new Raised(1, outcome.reply().text(), outcome.at()),
                        (a, b) -> new Raised(a.n() + b.n(), b.said(), b.at()));
            }
            if (mailing != null) {
                ofMailings.computeIfAbsent(number, n -> new ArrayList<>()).add(outcome);
            }
        }

        /** Writes the counts and stops what must stop. The rows of mailings with a failure are locked already. */
        void write() {
            counts.forEach(TryCounts.this::count);
            ofMailings.forEach((mailing, outcomes) -> {
                Watch watch = watch(mailing, outcomes);
                if (watch.tries > 0) {
                    countMinute(mailing, watch);
                }
                stopped |= watch.ours > 0 && stopIfDue(mailing, watch);
            });
            raised.forEach((reason, what) -> alarms.raise(reason, what.n(), what.said(), what.at()));
        }

        /** To be called when the transaction has committed. */
        void committed() {
            counts.forEach(
                    (key, n) -> meter.add(key.lane(), Codes.state(key.outcome()).name(), key.reason(), n));
            if (stopped) {
                whenStopped.run();
            }
        }
    }

    /** What came back of mails that were begun before staff resumed the mailing says nothing about what they mended. */
    private Watch watch(int mailing, List<Outcome> outcomes) {
        Watch watch = new Watch();
        boolean anyOurs = outcomes.stream().anyMatch(TryCounts::isOurs);
        if (anyOurs) {
            watch.since = sql.first(
                            "select resumed_at from mail.mailings where number = ?",
                            row -> Sql.timeOrNone(row, "resumed_at"),
                            mailing)
                    .flatMap(Function.identity())
                    .orElse(OffsetDateTime.MIN);
        }
        for (Outcome outcome : outcomes) {
            if (!outcome.at().isBefore(watch.since)) {
                watch.tries++;
                watch.at = outcome.at();
                if (isOurs(outcome)) {
                    watch.ours++;
                    watch.reason = Causes.of(outcome);
                    watch.configuration += Causes.CONFIGURATION.contains(watch.reason) ? 1 : 0;
                    watch.said = outcome.reply().text();
                }
            }
        }
        return watch;
    }

    private static boolean isOurs(Outcome outcome) {
        return outcome.kind() == Outcome.Kind.FAILED && Causes.OURS.contains(Causes.of(outcome));
    }

    private void count(Key key, long n) {
        if (again(key, n) == 0) {
            int added = sql.update(
                    "insert into mail.tries_by_hour (at_hour, mailing, lane, outcome, reason, n) values (?, ?, ?, ?, ?, ?)"
                            + " on conflict do nothing",
                    key.hour(),
                    key.mailing(),
                    Codes.of(key.lane()),
                    key.outcome(),
                    key.reason(),
                    n);
            if (added == 0) {
                again(key, n);
            }
        }
    }

    private int again(Key key, long n) {
        return sql.update(
                "update mail.tries_by_hour set n = n + ? where at_hour = ? and mailing = ? and lane = ? and outcome = ? and reason = ?",
                n,
                key.hour(),
                key.mailing(),
                Codes.of(key.lane()),
                key.outcome(),
                key.reason());
    }

    private void countMinute(int mailing, Watch watch) {
        OffsetDateTime minute = watch.at.truncatedTo(ChronoUnit.MINUTES);
        if (minuteAgain(mailing, minute, watch) == 0) {
            int added = sql.update(
                    "insert into mail.mailing_minutes (mailing, at, tries, ours, configuration) values (?, ?, ?, ?, ?)"
                            + " on conflict do nothing",
                    mailing,
                    minute,
                    watch.tries,
                    watch.ours,
                    watch.configuration);
            if (added == 0) {
                minuteAgain(mailing, minute, watch);
            }
        }
    }

    private int minuteAgain(int mailing, OffsetDateTime minute, Watch watch) {
        return sql.update(
                "update mail.mailing_minutes set tries = tries + ?, ours = ours + ?, configuration = configuration + ?"
                        + " where mailing = ? and at = ?",
                watch.tries,
                watch.ours,
                watch.configuration,
                mailing,
                minute);
    }

    private record Sums(long tries, long ours, long lately) {}

    private boolean stopIfDue(int mailing, Watch watch) {
        Sums sums = sql.first(
                        "select sum(tries) as tries, sum(ours) as ours, sum(case when at > ? then configuration else 0 end)"
                                + " as lately from mail.mailing_minutes where mailing = ? and at > ?",
                        row -> new Sums(row.getLong("tries"), row.getLong("ours"), row.getLong("lately")),
                        watch.at.minusMinutes(StopRule.WITHIN_MINUTES),
                        mailing,
                        watch.at.minusDays(1))
                .orElse(new Sums(0, 0, 0));
        if (!rule.stops(sums.tries(), sums.ours(), sums.lately())) {
            return false;
        }
        int stopped = sql.update(
                "update mail.mailings set state = 'PAUSED', stopped_at = ?, stopped_reason = ?, stopped_said = ?,"
                        + " stopped_tries = ?, stopped_ours = ? where number = ? and state = 'RUNNING'",
                watch.at,
                watch.reason.name(),
                watch.said.length() > MAX_SAID ? watch.said.substring(0, MAX_SAID) : watch.said,
                sums.tries(),
                sums.ours(),
                mailing);
        if (stopped > 0) {
            LOG.warning(() -> "mailing " + mailing + " stopped by itself: " + sums.ours() + " of " + sums.tries()
                    + " tries were refused because of us, the last one: " + watch.said);
        }
        return stopped > 0;
    }
}
