package org.tidings.mail.internal.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Audience;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.tables.Sql;

/**
 * Sees to it that a mailing's books balance: everybody of its frozen audience is in {@code deliveries} or {@code retries} once, and its
 * figures are the sums of those rows. Asked before a mailing finishes, whatever lost somebody on the way, and once for each that finished
 * before this was asked.
 *
 * <p>The audience is another module's, so the two are compared here, in order of recipient and page by page: ids only, so that a
 * million take seconds, and memory stays small. Mails of accounts go on between two pages.
 */
public final class Books {

    private static final Logger LOG = Logger.getLogger(Books.class.getName());
    private static final int PAGE = 20_000;
    private static final Duration SENT_FOR = Duration.ofDays(3);

    private final Sql sql;
    private final People people;
    private final Clock clock;

    Books(Sql sql, People people, Clock clock) {
        this.sql = sql;
        this.people = people;
        this.clock = clock;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /**
     * Along the frozen audience in order, a page at a time: who is neither decided nor waiting. Nobody waits for it, for it holds no lock;
     * what it found may have changed when it is over.
     */
    public final class Walk {
        private final RunningMailing mailing;
        private final Audience audience;
        private final List<UUID> missing = new ArrayList<>();
        private UUID after = new UUID(0, 0);
        private @Nullable Map<Integer, Long> figures;

        private Walk(RunningMailing mailing) {
            this.mailing = mailing;
            this.audience = people.audience(mailing.audience());
        }

        public boolean isOver() {
            return figures != null;
        }

        /** One page more, in the caller's transaction. After the last, the figures of the rows. */
        public void step() {
            List<UUID> page = audience.idsAfter(mailing.query(), after, PAGE);
            if (page.isEmpty()) {
                figures = figuresOfRows(mailing.number());
                return;
            }
            UUID last = page.get(page.size() - 1);
            Set<UUID> known = OnRecord.between(sql, mailing.number(), after, last);
            page.stream().filter(id -> !known.contains(id)).forEach(missing::add);
            after = last;
        }
    }

    public Walk walk(RunningMailing mailing) {
        return new Walk(mailing);
    }

    /**
     * Before a mailing finishes, in the transaction that would and under the mailing's lock: whoever has no outcome waits for a try, and
     * figures that differ from the rows are set right.
     *
     * @param walk is over
     * @return whether the books balance, so that it may finish
     */
    public boolean balance(Walk walk) {
        RunningMailing mailing = walk.mailing;
        List<UUID> missing = stillMissing(walk);
        if (!missing.isEmpty()) {
            LOG.warning(() -> "mailing " + mailing.number() + ": " + missing.size()
                    + " people had no outcome when it would have finished; they wait for a try now");
            letWait(mailing.number(), missing);
            return false;
        }
        if (!figures(mailing.number()).equals(walk.figures)) {
            recount(mailing.number());
        }
        sql.update("update mail.mailings set unaccounted = 0 where number = ?", mailing.number());
        return true;
    }

    /**
     * Looks at a mailing that finished before this was asked, and notes how many have no outcome.
     *
     * @return how many
     */
    long look(RunningMailing mailing) {
        long missing = missing(mailing).size();
        recount(mailing.number());
        sql.update("update mail.mailings set unaccounted = ? where number = ?", missing, mailing.number());
        if (missing > 0) {
            LOG.warning(() -> "mailing " + mailing.number() + " is over, and " + missing
                    + " people are not accounted for; the mail page offers to send to them");
        }
        return missing;
    }

    /** Lets a mailing that is over go on for those without an outcome. @return how many */
    long sendToMissing(RunningMailing mailing) {
        List<UUID> missing = missing(mailing);
        letWait(mailing.number(), missing);
        sql.update(
                "update mail.mailings set unaccounted = 0, active = true, finished_at = null, state = 'RUNNING',"
                        + " expires_at = case when expires_at > ? then expires_at else ? end where number = ?",
                now().plus(SENT_FOR),
                now().plus(SENT_FOR),
                mailing.number());
        return missing.size();
    }

    /** Writes down that those without an outcome will not get it. @return how many */
    long writeOff(RunningMailing mailing) {
        List<UUID> missing = missing(mailing);
        int outcome = Codes.SKIPPED + Codes.of(SkipReason.EXPIRED);
        new DeliveryRows(sql)
                .append(missing.stream()
                        .map(recipient -> new DeliveryRows.Row(
                                now(), mailing.number(), null, null, outcome, 0, recipient, null, null))
                        .toList());
        recount(mailing.number());
        sql.update("update mail.mailings set unaccounted = 0 where number = ?", mailing.number());
        return missing.size();
    }

    private void letWait(int mailing, List<UUID> recipients) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        recipients.forEach(recipient -> rows.add(new @Nullable Object[] {mailing, recipient, now(), now()}));
        sql.batch(
                "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at)"
                        + " values (?, ?, " + Codes.WAITING + ", 0, false, ?, ?) on conflict do nothing",
                rows);
    }

    private List<UUID> missing(RunningMailing mailing) {
        Walk walk = walk(mailing);
        while (!walk.isOver()) {
            walk.step();
        }
        return walk.missing;
    }

    /** Another node may have walked too, and have sent to them since. */
    private List<UUID> stillMissing(Walk walk) {
        return walk.missing.stream()
                .filter(one -> !OnRecord.has(sql, walk.mailing.number(), one))
                .toList();
    }

    /** Sets the figures to the sums of the rows, where they differ. */
    private void recount(int mailing) {
        Map<Integer, Long> rows = figuresOfRows(mailing);
        figures(mailing).forEach((what, n) -> correct(mailing, what, n, rows));
    }

    private Map<Integer, Long> figures(int mailing) {
        Map<Integer, Long> figures = new TreeMap<>();
        sql.list(
                        "select what, n from mail.mailing_counts where mailing = ?",
                        row -> Map.entry(row.getInt("what"), row.getLong("n")),
                        mailing)
                .forEach(figure -> figures.put(figure.getKey(), figure.getValue()));
        return figures;
    }

    /** What the figures of a mailing should be. */
    private Map<Integer, Long> figuresOfRows(int mailing) {
        Map<Integer, Long> rows = new TreeMap<>();
        figures(mailing).keySet().forEach(what -> rows.put(what, 0L));
        sql.list(
                        "select outcome, count(*) as n from mail.deliveries where mailing = ? group by outcome",
                        row -> Map.entry(row.getInt("outcome"), row.getLong("n")),
                        mailing)
                .forEach(sum -> {
                    rows.merge(sum.getKey() % Codes.WAS_DOUBTFUL, sum.getValue(), Long::sum);
                    if (sum.getKey() >= Codes.WAS_DOUBTFUL) {
                        rows.merge(Codes.WAS_DOUBTFUL, sum.getValue(), Long::sum);
                    }
                });
        return rows;
    }

    private void correct(int mailing, int what, long figure, Map<Integer, Long> rows) {
        long counted = rows.getOrDefault(what, 0L);
        if (figure != counted) {
            LOG.warning(() -> "mailing " + mailing + ": the figure of outcome " + what + " was " + figure + " and is "
                    + counted + " by its rows; corrected");
            sql.update("update mail.mailing_counts set n = ? where mailing = ? and what = ?", counted, mailing, what);
        }
    }
}
