package org.tidings.mail.internal.ledger;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tidings.mail.internal.composing.Claim;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.site.Sql;

/** Writes outcomes to the ledger, many in one transaction: rows, figures and closed claims together. */
public final class WritingOutcomes {

    private final NodeLedger.Parts parts;
    private final Sql sql;
    private final Claims claims;
    /** Of the batch that was tried last; one thread's. */
    private long batch;

    WritingOutcomes(NodeLedger.Parts parts, Claims claims) {
        this.parts = parts;
        this.sql = parts.sql();
        this.claims = claims;
    }

    /**
     * Records all or nothing, and once, but for what was reserved before this node was taken for dead: that is the others' now, to
     * record and to send again. To be called by one thread.
     *
     * @param again whether the last call had the same outcomes and failed; it may have been committed all the same, and what it gave
     *     back may be anybody's by now
     * @return the claims that are done with
     */
    public List<Claim> record(List<Outcome> all, boolean again) {
        if (!again) {
            batch++; // before anything can fail
        }
        List<Outcome> outcomes =
                all.stream().filter(o -> claims.isOurs(o.work().claim())).toList();
        Map<String, Integer> numbers = parts.phrases().numbersOf(words(outcomes));
        Map<Claim, Integer> byClaim = new LinkedHashMap<>();
        outcomes.forEach(o -> byClaim.merge(o.work().claim(), 1, Integer::sum));
        List<Claim> closed = byClaim.entrySet().stream()
                .filter(e -> e.getKey().unrecorded().get() <= e.getValue())
                .map(Map.Entry::getKey)
                .toList();
        claims.closes(closed);
        TryCounts.Batch counted = parts.transactions().call(() -> recorded(outcomes, numbers, closed, again));
        counted.committed();
        byClaim.forEach((claim, n) -> claim.unrecorded().addAndGet(-n));
        claims.letGo(closed, outcomes.stream().map(Outcome::work).toList());
        return closed;
    }

    private static Set<String> words(List<Outcome> outcomes) {
        Set<String> words = new HashSet<>();
        for (Outcome outcome : outcomes) {
            words.add(Phrases.Split.of(outcome.reply()).phrase());
            words.add(outcome.server());
        }
        words.remove("");
        return words;
    }

    private TryCounts.Batch recorded(
            List<Outcome> outcomes, Map<String, Integer> numbers, List<Claim> closed, boolean again) {
        claims.assertStillOurs();
        if (again && isRecorded(batch)) {
            return counted(outcomes);
        }
        sql.update("update mail.recordings set number = ? where node = ?", batch, claims.node());
        TryCounts.Batch tries = write(outcomes, numbers, again ? Known.NOT_TOGETHER : Known.NEW);
        List<UUID> done = closed.stream().map(Claim::id).toList();
        if (!done.isEmpty()) {
            sql.update("delete from mail.claims where id = any (?)", done);
        }
        return tries;
    }

    /** Waits for a commit that is under way. */
    private boolean isRecorded(long number) {
        return sql.number("select number from mail.recordings where node = ? for update", claims.node()) == number;
    }

    private TryCounts.Batch counted(List<Outcome> outcomes) {
        TryCounts.Batch tries = parts.tryCounts().begin();
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
        LedgerBatch together = new LedgerBatch(parts, claims, numbers, known);
        outcomes.forEach(together::add);
        return together.write();
    }
}
