package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.site.Transactions;

/** Writes outcomes to the ledger, many in one transaction: rows, figures and closed claims together. */
public final class Recorder {

    private static final int MAX_ERROR = 500;
    private static final String WAITS =
            "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at, server, reply, dated)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Sql sql;
    private final Transactions transactions;
    private final Claims claims;
    private final DeliveryRows deliveries;
    private final RetryRows retries;
    private final Phrases phrases;
    private final Suppressions suppressions;
    private final KeyedHashes hashes;
    private final Unroutables unroutables;
    private final TryCounts tryCounts;
    /** Of the batch that was tried last; one thread's. */
    private long batch;

    public Recorder(
            Sql sql,
            Transactions transactions,
            Claims claims,
            DeliveryRows deliveries,
            Phrases phrases,
            Suppressions suppressions,
            KeyedHashes hashes,
            TryCounts tryCounts) {
        this.sql = sql;
        this.transactions = transactions;
        this.claims = claims;
        this.deliveries = deliveries;
        this.retries = new RetryRows(sql);
        this.phrases = phrases;
        this.suppressions = suppressions;
        this.hashes = hashes;
        this.unroutables = new Unroutables(sql);
        this.tryCounts = tryCounts;
    }

    /**
     * Records all or nothing, and once, but for what was reserved before this node was taken for dead: that is the others' now, to
     * record and to send again. To be called by one thread.
     *
     * @param again whether the last call had the same outcomes and failed; it may have been committed all the same, and what it gave
     *     back may be anybody's by now
     * @return the claims that are done with
     */
    public List<Work.Claim> record(List<Outcome> all, boolean again) {
        if (!again) {
            batch++; // before anything can fail
        }
        List<Outcome> outcomes =
                all.stream().filter(o -> claims.isOurs(o.work().claim())).toList();
        Set<String> words = new HashSet<>();
        for (Outcome outcome : outcomes) {
            words.add(Phrases.Split.of(outcome.reply()).phrase());
            words.add(outcome.server());
        }
        words.remove("");
        Map<String, Integer> numbers = phrases.numbersOf(words);
        Map<Work.Claim, Integer> byClaim = new LinkedHashMap<>();
        outcomes.forEach(o -> byClaim.merge(o.work().claim(), 1, Integer::sum));
        List<Work.Claim> closed = byClaim.entrySet().stream()
                .filter(e -> e.getKey().unrecorded().get() <= e.getValue())
                .map(Map.Entry::getKey)
                .toList();
        claims.closes(closed);
        TryCounts.Batch counted = transactions.call(() -> {
            claims.assertStillOurs();
            if (again && isRecorded(batch)) {
                return counted(outcomes);
            }
            sql.update("update mail.recordings set number = ? where node = ?", batch, claims.node());
            TryCounts.Batch tries = write(outcomes, numbers, again ? Known.NOT_TOGETHER : Known.NEW);
            List<UUID> done = closed.stream().map(Work.Claim::id).toList();
            if (!done.isEmpty()) {
                sql.update("delete from mail.claims where id = any (?)", done);
            }
            return tries;
        });
        counted.committed();
        byClaim.forEach((claim, n) -> claim.unrecorded().addAndGet(-n));
        claims.letGo(closed, outcomes.stream().map(Outcome::work).toList());
        return closed;
    }

    /** Waits for a commit that is under way. */
    private boolean isRecorded(long number) {
        return sql.number("select number from mail.recordings where node = ? for update", claims.node()) == number;
    }

    private TryCounts.Batch counted(List<Outcome> outcomes) {
        TryCounts.Batch tries = tryCounts.begin();
        outcomes.forEach(tries::add);
        return tries;
    }

    /** What is known of outcomes before they are written. */
    public enum Known {
        /** They are not in the ledger. */
        NEW,
        /** This batch is not; whoever is on record all the same was recorded by somebody else. */
        NOT_TOGETHER,
        /** Any of them may be. */
        NOTHING
    }

    /** Rows, figures and retries; the claims are the caller's. Goes around what is in the ledger already, unless all is new. */
    public TryCounts.Batch write(List<Outcome> outcomes, Map<String, Integer> numbers, Known known) {
        boolean goesAround = known != Known.NEW;
        TryCounts.Batch tries = tryCounts.begin();
        List<DeliveryRows.Row> rows = new ArrayList<>();
        List<@Nullable Object[]> put = new ArrayList<>();
        List<@Nullable Object[]> changed = new ArrayList<>();
        List<@Nullable Object[]> ofTheLost = new ArrayList<>();
        Map<Integer, List<UUID>> overRetries = new HashMap<>();
        Map<Integer, Map<Integer, Long>> counts = new HashMap<>();
        Map<Integer, String> lastErrors = new HashMap<>();
        for (Outcome outcome : outcomes) {
            RunningMailing mailing = outcome.work().claim().mailing();
            boolean countedByItsRow = goesAround && outcome.kind().isFinal() && mailing != null;
            if (known != Known.NOTHING && !countedByItsRow) {
                tries.add(outcome); // else it cannot be told whether it was counted, unless it was final
            }
            if (outcome.reply().kind() == Reply.Kind.NOBODY_THERE) {
                suppressions.add(
                        outcome.work().address(),
                        Suppression.HARD_BOUNCED,
                        outcome.at(),
                        outcome.reply().text());
            }
            if (outcome.kind() == Outcome.Kind.FAILED
                    && outcome.reply().reason().equals(Optional.of(Reason.UNROUTABLE))) {
                unroutable(outcome);
            }
            if (mailing == null) {
                letter(outcome);
                continue;
            }
            int number = mailing.number();
            Phrases.Split split = Phrases.Split.of(outcome.reply());
            Integer reply = numbers.get(split.phrase());
            Integer server = numbers.get(outcome.server());
            boolean retry = outcome.work().claim().retry();
            boolean lost = claims.isLost(outcome.work().claim());
            // Who was never tried gets her mail's date when she is.
            @Nullable
            OffsetDateTime dated =
                    outcome.attempts() == 0 ? null : outcome.work().dated();
            if (outcome.kind() == Outcome.Kind.FAILED
                    || outcome.kind() == Outcome.Kind.DEFERRED
                    || outcome.kind() == Outcome.Kind.DOUBTFUL) {
                lastErrors.put(number, outcome.reply().text());
            }
            if (outcome.kind().isFinal()) {
                DeliveryRows.Row row = new DeliveryRows.Row(
                        outcome.at(),
                        number,
                        server,
                        reply,
                        Codes.of(outcome),
                        outcome.attempts(),
                        outcome.work().recipient(),
                        split.detail().orElse(null),
                        outcome.kind() == Outcome.Kind.SKIPPED
                                ? null
                                : hashes.of(outcome.work().address()));
                if (retry || lost) {
                    overRetries
                            .computeIfAbsent(number, n -> new ArrayList<>())
                            .add(outcome.work().recipient());
                }
                if (goesAround && !deliveries.appendUnlessThere(row)) {
                    continue;
                }
                if (goesAround) {
                    tries.add(outcome);
                } else {
                    rows.add(row);
                }
                Map<Integer, Long> figures = counts.computeIfAbsent(number, n -> new TreeMap<>());
                figures.merge(row.outcome() % Codes.WAS_DOUBTFUL, 1L, Long::sum);
                if (outcome.everDoubtful()) {
                    figures.merge(Codes.WAS_DOUBTFUL, 1L, Long::sum);
                }
            } else if (lost) {
                ofTheLost.add(new @Nullable Object[] {
                    number,
                    outcome.work().recipient(),
                    Codes.of(outcome),
                    outcome.attempts(),
                    outcome.everDoubtful(),
                    outcome.nextTry(),
                    outcome.at(),
                    server,
                    reply,
                    dated
                });
            } else if (retry) {
                changed.add(new @Nullable Object[] {
                    Codes.of(outcome),
                    outcome.attempts(),
                    outcome.everDoubtful(),
                    outcome.nextTry(),
                    outcome.at(),
                    server,
                    reply,
                    dated,
                    number,
                    outcome.work().recipient(),
                    outcome.work().claim().id()
                });
            } else {
                put.add(new @Nullable Object[] {
                    number,
                    outcome.work().recipient(),
                    Codes.of(outcome),
                    outcome.attempts(),
                    outcome.everDoubtful(),
                    outcome.nextTry(),
                    outcome.at(),
                    server,
                    reply,
                    dated
                });
            }
        }
        // The mailing before its figures, as claiming does: else the two could wait for each other.
        new TreeMap<>(lastErrors)
                .forEach((mailing, error) -> sql.update(
                        "update mail.mailings set last_error = ? where number = ?",
                        error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error,
                        mailing));
        deliveries.append(rows);
        sql.batch(WAITS + " on conflict do nothing", put);
        // Of this claim only.
        sql.batch(
                "update mail.retries set state = ?, attempts = ?, ever_doubtful = ?, next_try = ?, at = ?, server = ?, reply = ?,"
                        + " dated = ?, claim = null where mailing = ? and recipient = ? and claim = ?",
                changed);
        ofTheLost.forEach(this::waits);
        overRetries.forEach(retries::delete);
        counts.keySet().stream()
                .sorted()
                .forEach(mailing -> counts.getOrDefault(mailing, Map.of())
                        .forEach((what, n) -> sql.update(
                                "update mail.mailing_counts set n = n + ? where mailing = ? and what = ?",
                                n,
                                mailing,
                                what)));
        tries.write();
        return tries;
    }

    /** Of a reservation that the database has lost: nobody may know of it, or a row waits from before, or others have sent it since. */
    private void waits(@Nullable Object[] row) {
        Object mailing = row[0];
        Object recipient = row[1];
        if (sql.number("select count(*) from mail.deliveries where mailing = ? and recipient = ?", mailing, recipient)
                > 0) {
            return;
        }
        int there = sql.update(
                "update mail.retries set state = ?, attempts = ?, ever_doubtful = ever_doubtful or ?, next_try = ?, at = ?,"
                        + " server = ?, reply = ?, dated = ? where mailing = ? and recipient = ? and claim is null",
                row[2],
                row[3],
                row[4],
                row[5],
                row[6],
                row[7],
                row[8],
                row[9],
                mailing,
                recipient);
        if (there == 0) {
            sql.update(WAITS + " on conflict do nothing", row);
        }
    }

    /** No way to her, and not for the first time. */
    private void unroutable(Outcome outcome) {
        RunningMailing mailing = outcome.work().claim().mailing();
        String mail = mailing == null ? "letter " + outcome.work().recipient() : Unroutables.mailing(mailing.number());
        UUID hash = hashes.of(outcome.work().address());
        if (unroutables.note(hash, mail, outcome.at())) {
            suppressions.add(
                    hash,
                    Suppression.HARD_BOUNCED,
                    outcome.at(),
                    outcome.reply().text());
        }
    }

    private void letter(Outcome outcome) {
        boolean over = outcome.kind().isFinal();
        sql.update(
                "update mail.letters set state = ?, attempts = ?, ever_doubtful = ?, next_try = ?, at = ?, server = ?, reply = ?,"
                        + " skipped = ?, node = null"
                        // Links in a letter are secrets, and the last receipt is all that still names its person.
                        + (over
                                ? ", source = null, address = case when kind = 'LAST_RECEIPT' then '' else address end"
                                : "")
                        + " where id = ? and node = ?",
                Codes.of(outcome) % Codes.WAS_DOUBTFUL,
                outcome.attempts(),
                outcome.everDoubtful(),
                over ? null : outcome.nextTry(),
                outcome.at(),
                outcome.server(),
                outcome.reply().text(),
                Optional.ofNullable(outcome.skipped()).map(Codes::of).orElse(null),
                outcome.work().recipient(),
                outcome.work().claim().node());
    }
}
