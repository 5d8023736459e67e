package org.tidings.mail.internal.ledger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.standing.WhoMayBeWrittenTo;
import org.tidings.mail.internal.tables.Ids;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.site.Transactions;

/**
 * Reserves recipients and letters for this node. Standing is read in the transaction that reserves (design, section 3), and
 * again in batches for what has been reserved and not begun.
 */
public final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class.getName());
    private static final int MOPPED_UP_AT_ONCE = 2_000;
    /** Half of what a node may be silent before it begins no mail. */
    private static final String LONGEST_SILENCE = "10s";

    private final Sql sql;
    private final Transactions transactions;
    private final Clock clock;
    private final People people;
    private final Suppressions suppressions;
    private final KeyedHashes hashes;
    private final DeliveryRows deliveries;
    private final RetryRows retries;
    private final Books books;
    private final UUID node;
    private final ZoneId zone;
    private final Machine machine;
    /** Claims of mailings that are reserved here and not closed, by id; whatever else the tables say was never heard of. */
    private final Map<UUID, Work.Claim> held = new ConcurrentHashMap<>();
    /** Of those, what a recorder is about to close, or has closed and not said so yet. */
    private final Set<UUID> closing = ConcurrentHashMap.newKeySet();
    /** Reserved here and lost by the database; what became of their mails is still recorded, as far as it can be. */
    private final Map<UUID, Work.Claim> lost = new ConcurrentHashMap<>();
    /** How far this node itself has moved the cursors of mailings. A cursor never goes back. */
    private final Map<Integer, Reached> reached = new ConcurrentHashMap<>();
    /** Mailings that are about to finish; of the one thread that reserves. */
    private final Map<Integer, Books.Walk> walks = new HashMap<>();
    /** The same of letters, by their ids. */
    private final Map<UUID, Work.Claim> heldLetters = new ConcurrentHashMap<>();

    public Claims(
            Sql sql,
            Transactions transactions,
            Clock clock,
            People people,
            Suppressions suppressions,
            KeyedHashes hashes,
            DeliveryRows deliveries,
            UUID node,
            ZoneId zone,
            Machine machine) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.people = people;
        this.suppressions = suppressions;
        this.hashes = hashes;
        this.deliveries = deliveries;
        this.retries = new RetryRows(sql);
        this.books = new Books(sql, people, clock);
        this.node = node;
        this.zone = zone;
        this.machine = machine;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
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

    /** Where a cursor is. */
    record Reached(@Nullable UUID last, boolean exhausted) {
        boolean isBeyond(Cursor cursor) {
            UUID there = cursor.claimedTo();
            UUID here = last;
            return (exhausted && !cursor.exhausted())
                    || (here != null && (there == null || Ids.compareUnsigned(there, here) < 0));
        }
    }

    /**
     * Whether everything is there that this node has reserved and nobody has closed. A claim that is missing is exactly that: whoever
     * takes this node over removes its row together with the claims, and what the recorder has in hand is not asked for.
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

    /**
     * Once everything stands still: what is missing is known to be lost, and nothing more is reserved of its mailings before all of it is
     * recorded. Of a mailing that is not there itself nothing is recorded at all: another may have its number by now.
     */
    public void accept(TransactionsLost noticed) {
        LOG.warning(() -> noticed.getMessage()
                + "; nothing of its mailings is reserved here before what became of it is recorded");
        reached.clear();
        walks.clear();
        for (UUID id : missing()) {
            Work.Claim claim = held.get(id);
            RunningMailing mailing = claim == null ? null : claim.mailing();
            if (claim != null && mailing != null) {
                if (sql.number(
                                "select count(*) from mail.mailings where number = ? and id = ?",
                                mailing.number(),
                                mailing.id())
                        == 0) {
                    claim.becomesVoid();
                } else {
                    lost.put(id, claim);
                }
                if (!held.remove(id, claim)) {
                    lost.remove(id); // recorded meanwhile
                }
            }
        }
    }

    /** Whether the database has lost the reservation. */
    boolean isLost(Work.Claim claim) {
        return lost.containsKey(claim.id());
    }

    /** A recorder is about to close them. */
    void closes(Collection<Work.Claim> claims) {
        claims.forEach(claim -> closing.add(claim.id()));
    }

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

    private Work.Claim hold(Work.Claim claim) {
        if (claim.mailing() == null) {
            claim.works().forEach(letter -> heldLetters.put(letter.recipient(), claim));
        } else {
            held.put(claim.id(), claim);
        }
        return claim;
    }

    /** Recorded and committed. A letter may have been reserved again meanwhile, by another claim. */
    void letGo(Collection<Work.Claim> closed, Collection<Work> recorded) {
        closed.forEach(claim -> {
            held.remove(claim.id());
            lost.remove(claim.id());
            closing.remove(claim.id());
        });
        recorded.stream()
                .filter(work -> work.letter() != null)
                .forEach(letter -> heldLetters.remove(letter.recipient(), letter.claim()));
    }

    UUID node() {
        return node;
    }

    /** Whether it was reserved by this node, and there is something that it is reserved of. */
    public boolean isOurs(Work.Claim claim) {
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

    /** The mutable half of a mailing. */
    record Cursor(MailingState state, @Nullable UUID claimedTo, boolean exhausted, OffsetDateTime expiresAt) {}

    private Optional<Cursor> lock(int mailing) {
        return sql.first(
                "select state, claimed_to, exhausted, expires_at from mail.mailings where number = ? and active for update",
                row -> new Cursor(
                        MailingState.valueOf(row.getString("state")),
                        Sql.idOrNull(row, "claimed_to"),
                        row.getBoolean("exhausted"),
                        Sql.time(row, "expires_at")),
                mailing);
    }

    /**
     * Reserves what is due of a mailing: tries again first, then new recipients. For a cancelled or expired mailing writes
     * down a portion of those who will not get it.
     *
     * @return the work, or empty when nothing is due; the flag says whether asking again at once may bring more
     */
    public Claimed claim(RunningMailing mailing, int size) {
        if (lost.values().stream()
                .map(Work.Claim::mailing)
                .anyMatch(of -> of != null && of.number() == mailing.number())) {
            return Claimed.NOTHING;
        }
        Claimed claimed = transactions.call(() -> reserve(mailing, size));
        claimed.claim().ifPresent(this::hold);
        Reached moved = claimed.moved();
        if (moved != null) {
            reached.put(mailing.number(), moved);
        }
        Books.Walk walk = walks.get(mailing.number());
        if (walk != null && !walk.isOver()) {
            transactions.run(walk::step);
        }
        return claimed;
    }

    private Claimed reserve(RunningMailing mailing, int size) {
        assertStillOurs();
        Optional<Cursor> locked = lock(mailing.number());
        if (locked.isEmpty()) {
            reached.remove(mailing.number());
            return Claimed.NOTHING;
        }
        Cursor cursor = locked.get();
        Reached before = reached.get(mailing.number());
        if (before != null && before.isBeyond(cursor)) {
            throw new TransactionsLost("the cursor of mailing " + mailing.number());
        }
        if (!cursor.expiresAt().isEqual(mailing.expiresAt())) {
            return Claimed.OF_ANOTHER_TIME;
        }
        if (cursor.state() == MailingState.CANCELLED) {
            return new Claimed(Optional.empty(), mopUp(mailing, cursor, SkipReason.CANCELLED));
        }
        if (!now().isBefore(mailing.expiresAt())) {
            return new Claimed(Optional.empty(), mopUp(mailing, cursor, SkipReason.EXPIRED));
        }
        if (cursor.state() != MailingState.RUNNING || now().isBefore(mailing.notBefore()) || allStopped()) {
            return Claimed.NOTHING;
        }
        Optional<Work.Claim> again = claimRetries(mailing, size);
        if (again.isPresent()) {
            return new Claimed(again, true);
        }
        if (cursor.exhausted()) {
            return new Claimed(Optional.empty(), finishesLater(mailing));
        }
        return openSomewhere(mailing) ? claimNext(mailing, cursor, size) : Claimed.NOTHING;
    }

    /** Where nobody is known to live it need not be looked at. */
    private boolean openSomewhere(RunningMailing mailing) {
        OffsetDateTime now = now();
        return !mailing.opens(now, zone).isAfter(now)
                || people.audience(mailing.audience()).zones().stream()
                        .anyMatch(there -> !mailing.opens(now, there).isAfter(now));
    }

    /**
     * What {@link #claim} brought.
     *
     * @param changed the mailing is not what it was when it was loaded
     * @param moved where the cursor is now, if it was moved
     */
    public record Claimed(
            Optional<Work.Claim> claim,
            boolean more,
            boolean changed,
            @Nullable Reached moved) {
        static final Claimed NOTHING = new Claimed(Optional.empty(), false);
        static final Claimed OF_ANOTHER_TIME = new Claimed(Optional.empty(), true, true, null);

        Claimed(Optional<Work.Claim> claim, boolean more) {
            this(claim, more, false, null);
        }
    }

    /** Of other mailings nothing need be remembered. */
    public void retain(Set<Integer> active) {
        reached.keySet().retainAll(active);
        walks.keySet().retainAll(active);
    }

    boolean allStopped() {
        return sql.number("select count(*) from mail.switches where name = 'all-stopped' and thrown") > 0;
    }

    /**
     * The next people behind the cursor.
     *
     * @param open without those who are on record already: a cursor that was put back, with a database that lacks its last
     *     transactions, passes people for whom a node had something to record all the same
     * @param last where the cursor goes
     */
    private record Page(List<Addressee> open, @Nullable UUID last, boolean exhausted) {}

    private Page pageAfter(RunningMailing mailing, Cursor cursor, int size) {
        UUID after = cursor.claimedTo();
        List<Addressee> next = people.audience(mailing.audience()).after(mailing.query(), after, size);
        if (next.isEmpty()) {
            return new Page(next, after, true);
        }
        UUID last = next.get(next.size() - 1).recipient();
        Set<UUID> known = OnRecord.between(sql, mailing.number(), after, last);
        List<Addressee> open = known.isEmpty()
                ? next
                : next.stream().filter(a -> !known.contains(a.recipient())).toList();
        return new Page(open, last, next.size() < size);
    }

    private void move(RunningMailing mailing, Page page) {
        sql.update(
                "update mail.mailings set claimed_to = ?, exhausted = ? where number = ?",
                page.last(),
                page.exhausted(),
                mailing.number());
    }

    private Claimed claimNext(RunningMailing mailing, Cursor cursor, int size) {
        long readAt = machine.nanos();
        Page page = pageAfter(mailing, cursor, size);
        List<Addressee> next = page.open();
        Work.Claim claim = new Work.Claim(machine.newId(), node, mailing, false, now());
        List<Work> works = new ArrayList<>(next.size());
        List<DeliveryRows.Row> skipped = new ArrayList<>();
        List<@Nullable Object[]> later = new ArrayList<>();
        Map<UUID, Set<Suppression>> suppressed = suppressedAmong(next);
        for (Addressee addressee : next) {
            Optional<SkipReason> whyNot = whyNot(mailing.kind(), addressee, suppressed);
            OffsetDateTime opens = mailing.opensFor(addressee, now(), zone);
            if (whyNot.isPresent()) {
                skipped.add(skippedRow(mailing.number(), addressee.recipient(), whyNot.get(), 0, false));
            } else if (opens.isAfter(now())) {
                later.add(
                        new @Nullable Object[] {mailing.number(), addressee.recipient(), Codes.WAITING, opens, now()});
            } else {
                works.add(Work.delivery(claim, addressee, 0, false, readAt));
            }
        }
        writeSkipped(mailing.number(), skipped);
        // Where these people live it is night.
        sql.batch(
                "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at)"
                        + " values (?, ?, ?, 0, false, ?, ?)",
                later);
        move(mailing, page);
        Reached moved = new Reached(page.last(), page.exhausted());
        if (works.isEmpty()) {
            return new Claimed(Optional.empty(), true, false, moved);
        }
        sql.update(
                "insert into mail.claims (id, mailing, node, after_recipient, to_recipient, is_retry, claimed_at)"
                        + " values (?, ?, ?, ?, ?, false, ?)",
                claim.id(),
                mailing.number(),
                node,
                cursor.claimedTo(),
                page.last(),
                claim.at());
        claim.holds(works);
        return new Claimed(Optional.of(claim), true, false, moved);
    }

    private record Retry(
            UUID recipient,
            int attempts,
            boolean everDoubtful,
            @Nullable OffsetDateTime dated) {}

    private Optional<Work.Claim> claimRetries(RunningMailing mailing, int size) {
        List<Retry> due = sql.list(
                "select recipient, attempts, ever_doubtful, dated from mail.retries"
                        + " where mailing = ? and claim is null and next_try <= ? order by next_try limit ?",
                row -> new Retry(
                        Sql.id(row, "recipient"),
                        row.getInt("attempts"),
                        row.getBoolean("ever_doubtful"),
                        Sql.timeOrNone(row, "dated").orElse(null)),
                mailing.number(),
                now(),
                size);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        long readAt = machine.nanos();
        List<UUID> recipients = due.stream().map(Retry::recipient).toList();
        Map<UUID, Addressee> found = lookUp(mailing, recipients);
        Map<UUID, Set<Suppression>> suppressed = suppressedAmong(found.values());
        Work.Claim claim = new Work.Claim(machine.newId(), node, mailing, true, now());
        List<Work> works = new ArrayList<>();
        List<DeliveryRows.Row> skipped = new ArrayList<>();
        List<@Nullable Object[]> later = new ArrayList<>();
        for (Retry retry : due) {
            Addressee addressee = found.get(retry.recipient());
            Optional<SkipReason> whyNot =
                    addressee == null ? Optional.of(SkipReason.ERASED) : whyNot(mailing.kind(), addressee, suppressed);
            if (addressee == null || whyNot.isPresent()) {
                skipped.add(skippedRow(
                        mailing.number(),
                        retry.recipient(),
                        whyNot.orElse(SkipReason.ERASED),
                        retry.attempts(),
                        retry.everDoubtful()));
            } else if (mailing.opensFor(addressee, now(), zone).isAfter(now())) {
                later.add(new @Nullable Object[] {
                    mailing.opensFor(addressee, now(), zone), mailing.number(), retry.recipient()
                });
            } else {
                works.add(Work.retry(claim, addressee, retry.attempts(), retry.everDoubtful(), retry.dated(), readAt));
            }
        }
        writeSkipped(mailing.number(), skipped);
        sql.batch("update mail.retries set next_try = ? where mailing = ? and recipient = ?", later);
        retries.delete(
                mailing.number(),
                skipped.stream().map(DeliveryRows.Row::recipient).toList());
        if (works.isEmpty()) {
            return Optional.empty();
        }
        retries.claim(mailing.number(), works.stream().map(Work::recipient).toList(), claim.id());
        sql.update(
                "insert into mail.claims (id, mailing, node, is_retry, claimed_at) values (?, ?, ?, true, ?)",
                claim.id(),
                mailing.number(),
                node,
                claim.at());
        claim.holds(works);
        return Optional.of(claim);
    }

    private Map<UUID, Addressee> lookUp(RunningMailing mailing, Collection<UUID> recipients) {
        return people.audience(mailing.audience()).lookUp(mailing.query(), recipients).stream()
                .collect(Collectors.toMap(Addressee::recipient, Function.identity(), (a, b) -> a));
    }

    private Map<UUID, Set<Suppression>> suppressedAmong(Collection<Addressee> addressees) {
        if (addressees.isEmpty() || suppressions.none()) {
            return Map.of();
        }
        return suppressions.of(
                addressees.stream().map(a -> hashes.of(a.address())).collect(Collectors.toSet()));
    }

    private Optional<SkipReason> whyNot(MailKind kind, Addressee addressee, Map<UUID, Set<Suppression>> suppressed) {
        Set<Suppression> known =
                suppressed.isEmpty() ? Set.of() : suppressed.getOrDefault(hashes.of(addressee.address()), Set.of());
        return WhoMayBeWrittenTo.whyNot(kind, addressee.state(), known);
    }

    private DeliveryRows.Row skippedRow(int mailing, UUID recipient, SkipReason why, int attempts, boolean doubtful) {
        int outcome = Codes.SKIPPED + Codes.of(why) + (doubtful ? Codes.WAS_DOUBTFUL : 0);
        return new DeliveryRows.Row(now(), mailing, null, null, outcome, attempts, recipient, null, null);
    }

    private void writeSkipped(int mailing, List<DeliveryRows.Row> rows) {
        deliveries.append(rows);
        // In order, as recording does: else the two could wait for each other.
        Map<Integer, Long> counts = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.outcome() % Codes.WAS_DOUBTFUL, TreeMap::new, Collectors.counting()));
        long doubtful =
                rows.stream().filter(row -> row.outcome() >= Codes.WAS_DOUBTFUL).count();
        if (doubtful > 0) {
            counts.put(Codes.WAS_DOUBTFUL, doubtful);
        }
        counts.forEach((what, n) -> sql.update(
                "update mail.mailing_counts set n = n + ? where mailing = ? and what = ?", n, mailing, what));
    }

    /** Writes down a portion of those who will not get an ended mailing. Returns whether there may be more. */
    private boolean mopUp(RunningMailing mailing, Cursor cursor, SkipReason why) {
        List<Retry> waiting = sql.list(
                "select recipient, attempts, ever_doubtful, dated from mail.retries where mailing = ? and claim is null limit ?",
                row -> new Retry(
                        Sql.id(row, "recipient"),
                        row.getInt("attempts"),
                        row.getBoolean("ever_doubtful"),
                        Sql.timeOrNone(row, "dated").orElse(null)),
                mailing.number(),
                MOPPED_UP_AT_ONCE);
        if (!waiting.isEmpty()) {
            writeSkipped(
                    mailing.number(),
                    waiting.stream()
                            .map(r -> skippedRow(mailing.number(), r.recipient(), why, r.attempts(), r.everDoubtful()))
                            .toList());
            retries.delete(
                    mailing.number(), waiting.stream().map(Retry::recipient).toList());
            return true;
        }
        if (cursor.exhausted()) {
            return finishesLater(mailing);
        }
        Page page = pageAfter(mailing, cursor, MOPPED_UP_AT_ONCE);
        writeSkipped(
                mailing.number(),
                page.open().stream()
                        .map(a -> skippedRow(mailing.number(), a.recipient(), why, 0, false))
                        .toList());
        move(mailing, page);
        return true;
    }

    /**
     * Finishes it when everybody has an outcome.
     *
     * @return whether asking again at once may bring it on: its books are being looked at, or somebody was missing in them
     */
    private boolean finishesLater(RunningMailing running) {
        int mailing = running.number();
        long open = sql.number(
                "select (select count(*) from mail.retries where mailing = ?) + (select count(*) from mail.claims where mailing = ?)",
                mailing,
                mailing);
        if (open > 0) {
            walks.remove(mailing);
            return false;
        }
        Books.Walk walk = walks.computeIfAbsent(mailing, n -> books.walk(running));
        if (!walk.isOver()) {
            return true;
        }
        walks.remove(mailing);
        if (!books.balance(walk)) {
            return true;
        }
        sql.update(
                "update mail.mailings set active = false, finished_at = coalesce(finished_at, ?),"
                        + " state = case when state = 'CANCELLED' then state else 'FINISHED' end"
                        + " where number = ? and not exists (select 1 from mail.retries r where r.mailing = ?)"
                        + " and not exists (select 1 from mail.claims c where c.mailing = ?)",
                now(),
                mailing,
                mailing,
                mailing);
        return false;
    }

    /** Reads standing again for everything of the claim that is not begun. */
    public void readStandingAgain(Work.Claim claim) {
        List<Work> open = claim.works().stream().filter(w -> !w.begun()).toList();
        if (open.isEmpty()) {
            return;
        }
        transactions.run(() -> {
            long readAt = machine.nanos();
            RunningMailing mailing = claim.mailing();
            if (mailing == null) {
                lettersAgain(open, readAt);
                return;
            }
            Map<UUID, Addressee> found =
                    lookUp(mailing, open.stream().map(Work::recipient).toList());
            Map<UUID, Set<Suppression>> suppressed = suppressedAmong(found.values());
            for (Work work : open) {
                Addressee now = found.get(work.recipient());
                work.standing(
                        now,
                        now == null ? Optional.of(SkipReason.ERASED) : whyNot(mailing.kind(), now, suppressed),
                        readAt);
            }
        });
    }

    // Letters

    /** Reserves letters that are due, oldest first. Those that must not go any more are written down. */
    public Optional<Work.Claim> claimLetters(int size) {
        return transactions.call(() -> reserveLetters(size)).map(this::hold);
    }

    private Optional<Work.Claim> reserveLetters(int size) {
        assertStillOurs();
        // One node at a time: without SKIP LOCKED, which the embedded database is slow at.
        sql.list("select thrown from mail.switches where name = 'letters' for update", row -> 1);
        Work.Claim claim = new Work.Claim(machine.newId(), node, null, false, now());
        long readAt = machine.nanos();
        List<Work> due = sql.list(
                "select id, kind, realm, person, address, expires_at, source, attempts, ever_doubtful from mail.letters"
                        + " where next_try <= ? and node is null order by next_try limit ?",
                row -> letter(claim, row, readAt),
                now(),
                size);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        decide(due, readAt);
        List<Work> works = new ArrayList<>();
        for (Work work : due) {
            Optional<SkipReason> whyNot = work.whyNot();
            if (whyNot.isPresent()) {
                skipLetter(work.recipient(), whyNot.get());
            } else {
                works.add(work);
            }
        }
        if (works.isEmpty()) {
            return Optional.empty();
        }
        sql.update(
                "update mail.letters set node = ? where id = any (?)",
                node,
                works.stream().map(Work::recipient).toList());
        claim.holds(works);
        return Optional.of(claim);
    }

    private static Work letter(Work.Claim claim, java.sql.ResultSet row, long readAt) throws java.sql.SQLException {
        byte[] source = row.getBytes("source");
        return Work.letter(
                claim,
                Sql.id(row, "id"),
                new Work.LetterSource(
                        MailKind.valueOf(row.getString("kind")),
                        row.getString("realm"),
                        Sql.id(row, "person"),
                        EmailAddress.parse(row.getString("address")),
                        Sql.time(row, "expires_at"),
                        source == null ? new byte[0] : source),
                row.getInt("attempts"),
                row.getBoolean("ever_doubtful"),
                readAt);
    }

    private void decide(List<Work> letters, long readAt) {
        Map<String, List<Work>> byRealm =
                letters.stream().collect(Collectors.groupingBy(w -> source(w).realm()));
        Map<UUID, Set<Suppression>> suppressed = suppressions.none()
                ? Map.of()
                : suppressions.of(
                        letters.stream().map(w -> hashes.of(w.address())).collect(Collectors.toSet()));
        byRealm.forEach((realm, works) -> {
            Map<UUID, PersonState> states = people.states(
                    realm, works.stream().map(w -> source(w).person()).collect(Collectors.toSet()));
            for (Work work : works) {
                Work.LetterSource letter = source(work);
                Optional<SkipReason> whyNot = WhoMayBeWrittenTo.whyNot(
                        letter.kind(),
                        states.getOrDefault(letter.person(), PersonState.ERASED),
                        suppressed.isEmpty() ? Set.of() : suppressed.getOrDefault(hashes.of(work.address()), Set.of()));
                if (whyNot.isEmpty() && !now().isBefore(letter.expiresAt())) {
                    whyNot = Optional.of(SkipReason.EXPIRED);
                }
                work.standing(null, whyNot, readAt);
            }
        });
    }

    private static Work.LetterSource source(Work work) {
        Work.LetterSource letter = work.letter();
        if (letter == null) {
            throw new IllegalStateException("not a letter");
        }
        return letter;
    }

    private void lettersAgain(List<Work> open, long readAt) {
        Set<UUID> there = Set.copyOf(sql.list(
                "select id from mail.letters where id = any (?)",
                row -> Sql.id(row, "id"),
                open.stream().map(Work::recipient).toList()));
        decide(open, readAt);
        for (Work work : open) {
            if (!there.contains(work.recipient())) {
                // Withdrawn since it was claimed.
                work.standing(null, Optional.of(SkipReason.CANCELLED), readAt);
            }
        }
    }

    private void skipLetter(UUID letter, SkipReason why) {
        sql.update(
                "update mail.letters set state = ?, skipped = ?, source = null, next_try = null, node = null, at = ?"
                        + " where id = ?",
                Codes.SKIPPED,
                Codes.of(why),
                now(),
                letter);
    }
}
