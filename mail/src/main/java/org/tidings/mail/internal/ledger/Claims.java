package org.tidings.mail.internal.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.tidings.mail.internal.composing.Claim;
import org.tidings.mail.internal.composing.LetterWork;
import org.tidings.mail.internal.composing.LettersClaim;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * What this node has reserved and not closed, compared with what the tables say of it: what is missing there the database has lost, what
 * is there alone was reserved by a commit whose answer was lost. For any number of threads.
 */
public final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class.getName());
    /** Half of what a node may be silent before it begins no mail. */
    private static final String LONGEST_SILENCE = "10s";

    private final Sql sql;
    private final Transactions transactions;
    private final UUID node;
    /** Claims of mailings that are reserved here and not closed, by id; whatever else the tables say was never heard of. */
    private final Map<UUID, MailingClaim> held = new ConcurrentHashMap<>();
    /** Of those, what is about to be closed, or is closed and not said so yet. */
    private final Set<UUID> closing = ConcurrentHashMap.newKeySet();
    /** Reserved here and lost by the database; what became of their mails is still recorded, as far as it can be. */
    private final Map<UUID, MailingClaim> lost = new ConcurrentHashMap<>();
    /** The same of letters, by their ids. */
    private final Map<UUID, LettersClaim> heldLetters = new ConcurrentHashMap<>();

    Claims(Sql sql, Transactions transactions, UUID node) {
        this.sql = sql;
        this.transactions = transactions;
        this.node = node;
    }

    /** The node was given up by the others; what it holds is not its own any more. */
    public static final class TakenOver extends RuntimeException {
        public TakenOver() {
            super("this node was taken for dead");
        }
    }

    /** What this node had committed is not in the database any more: a standby has taken over without it, or a backup was put back. */
    public static final class TransactionsLost extends RuntimeException {
        TransactionsLost(String what) {
            super("the database lacks what this node had committed: " + what);
        }
    }

    UUID node() {
        return node;
    }

    /** Whether it was reserved by this node, and there is something that it is reserved of. */
    public boolean isOurs(Claim claim) {
        return claim.node().equals(node) && !claim.isOfNothing();
    }

    /**
     * Every transaction that reserves or records begins here: the others cannot take the node over meanwhile. Should it stand still
     * inside of it, frozen or cut off, PostgreSQL ends the transaction after {@value #LONGEST_SILENCE}, well before the others, who
     * wait for its locks, would look dead themselves.
     */
    public void assertStillOurs() {
        String lock = sql.isPostgres()
                ? "select set_config('idle_in_transaction_session_timeout', '" + LONGEST_SILENCE
                        + "', true) from mail.nodes where id = ? for key share"
                : "select 1 from mail.nodes where id = ?";
        if (sql.list(lock, row -> 1, node).isEmpty()) {
            throw new TakenOver();
        }
    }

    MailingClaim hold(MailingClaim claim) {
        held.put(claim.id(), claim);
        return claim;
    }

    LettersClaim hold(LettersClaim claim) {
        claim.works().forEach(letter -> heldLetters.put(letter.recipient(), claim));
        return claim;
    }

    /** They are about to be closed. */
    void closes(Collection<Claim> claims) {
        claims.forEach(claim -> closing.add(claim.id()));
    }

    /** Recorded and committed. A letter may have been reserved again meanwhile, by another claim. */
    void letGo(Collection<Claim> closed, Collection<Work> recorded) {
        closed.forEach(claim -> {
            held.remove(claim.id());
            lost.remove(claim.id());
            closing.remove(claim.id());
        });
        for (Work work : recorded) {
            if (work instanceof LetterWork letter) {
                heldLetters.remove(letter.recipient(), letter.claim());
            }
        }
    }

    // What the database has lost

    /**
     * Whether everything is there that this node has reserved and nobody has closed. A claim that is missing is exactly that: whoever
     * takes this node over removes its row together with the claims, and what is being written down is not asked for.
     *
     * @throws TransactionsLost when it is not
     * @throws TakenOver when the others gave this node up
     */
    public void assertNothingIsLost() {
        Set<UUID> missing = missing();
        if (!missing.isEmpty()) {
            transactions.run(this::assertStillOurs);
            throw new TransactionsLost(missing.size() + " reservations");
        }
    }

    private Set<UUID> missing() {
        Set<UUID> heldNow = Set.copyOf(held.keySet());
        if (heldNow.isEmpty()) {
            return Set.of();
        }
        Set<UUID> there =
                Set.copyOf(sql.list("select id from mail.claims where node = ?", row -> Sql.id(row, "id"), node));
        return heldNow.stream()
                .filter(id -> !there.contains(id))
                // In this order: it is let go before it is no longer being closed.
                .filter(id -> !closing.contains(id))
                .filter(held::containsKey)
                .collect(Collectors.toSet());
    }

    /** See {@link NodeLedger#accept}. */
    void accept(TransactionsLost noticed) {
        LOG.warning(() -> noticed.getMessage()
                + "; nothing of its mailings is reserved here before what became of it is recorded");
        for (UUID id : missing()) {
            MailingClaim claim = held.get(id);
            if (claim != null) {
                accept(claim);
            }
        }
    }

    private void accept(MailingClaim claim) {
        if (isThere(claim.mailing())) {
            lost.put(claim.id(), claim);
        } else {
            claim.becomesVoid();
        }
        if (!held.remove(claim.id(), claim)) {
            lost.remove(claim.id()); // recorded meanwhile
        }
    }

    private boolean isThere(RunningMailing mailing) {
        return sql.number(
                        "select count(*) from mail.mailings where number = ? and id = ?",
                        mailing.number(),
                        mailing.id())
                > 0;
    }

    /** Whether the database has lost the reservation. */
    boolean isLost(Claim claim) {
        return lost.containsKey(claim.id());
    }

    /** Whether it has lost one of the mailing that is not recorded yet. */
    boolean lostSomeOf(RunningMailing mailing) {
        return lost.values().stream().anyMatch(claim -> claim.mailing().number() == mailing.number());
    }

    // What this node does not know of

    /** Rows that this node has reserved and knows nothing of: their commit was done and its answer got lost. Ask where they are made. */
    public record Forgotten(Set<UUID> claims, Set<UUID> letters) {
        public boolean isEmpty() {
            return claims.isEmpty() && letters.isEmpty();
        }
    }

    public Forgotten forgotten() {
        return new Forgotten(
                without(held.keySet(), "select id from mail.claims where node = ?"),
                without(heldLetters.keySet(), "select id from mail.letters where node = ?"));
    }

    /** What is known is read first: it leaves the tables before it is let go here. */
    private Set<UUID> without(Set<UUID> heldNow, String query) {
        Set<UUID> known = Set.copyOf(heldNow);
        return sql.list(query, row -> Sql.id(row, "id"), node).stream()
                .filter(id -> !known.contains(id))
                .collect(Collectors.toSet());
    }
}
