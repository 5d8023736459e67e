package org.tidings.mail.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MailingState;
import org.tidings.mail.MessageClass;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.returned.Verp;

/**
 * Sends what the tables hold. One thread claims, one thread for each connection sends, one thread records.
 *
 * <p>What always holds: a mail's content goes out only after its recipient was reserved by this node, after her standing was
 * read less than {@link #STANDING_NANOS} ago, and after the journal says so; a claim is closed in the transaction that records
 * its last outcome. Whatever fails, fails before the content or is found again.
 */
final class SendingEngine implements Sending {

    private static final Logger LOG = Logger.getLogger(SendingEngine.class.getName());

    /** So old may the knowledge be that a person may be written to. An opt-out counts within a second. */
    static final long STANDING_NANOS = 600_000_000L;

    private static final long CONTROLS_EVERY_NANOS = 400_000_000L;
    /** Without news from the database for so long nothing is begun. */
    private static final long CONTROLS_STALE_NANOS = 1_500_000_000L;
    /** Well below the time after which the others may take this node for dead. */
    private static final long HEARTBEAT_STALE_NANOS = 20_000_000_000L;

    private static final long LETTERS_EVERY_NANOS = 200_000_000L;
    private static final long DEAD_NODES_EVERY_NANOS = 3_000_000_000L;
    private static final int LETTERS_AT_ONCE = 50;
    private static final int RECORDED_AT_ONCE = 1_000;
    private static final long RECORD_WITHIN_MILLIS = 150;
    private static final int FIRST_CLAIM = 50;
    private static final long IDLE_CONNECTION_MILLIS = 5_000;
    private static final int BROKEN_CONNECTIONS_AT_MOST = 3;
    private static final long MAX_BACKOFF_MILLIS = 15_000;

    private final MailSettings settings;
    private final Sql sql;
    private final Transactions transactions;
    private final Clock clock;
    private final KeyedHashes hashes;
    private final Composing composing;
    private final MailServer server;
    private final ThreadFactory threadFactory;
    private final MailingBook mailings;
    private final People people;
    private final Suppressions suppressions;
    private final DeliveryRows deliveries;
    private final Phrases phrases;
    private final Path folder;

    private volatile Node node;
    private final Lanes lanes = new Lanes();
    private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(5_000);
    private final Map<Integer, RunningMailing> loaded = new HashMap<>();
    private final List<Thread> senders = new ArrayList<>();
    private final AtomicLong sentByThisNode = new AtomicLong();
    private final Pace pace;

    private @Nullable Thread claimer;
    private @Nullable Thread recorderThread;
    private volatile boolean stopping;
    private volatile boolean recordingEnds;
    private volatile Controls controls = new Controls(Map.of(), true, System.nanoTime() - CONTROLS_STALE_NANOS);
    private volatile long heartbeatAt = System.nanoTime();
    private volatile @Nullable String lastError;
    private volatile @Nullable OffsetDateTime lastSuccess;

    /** What staff decided, as read a moment ago. */
    private record Controls(Map<Integer, MailingState> states, boolean allStopped, long readAt) {}

    /** Who this process is to the others. Anew after it was taken for dead. */
    private record Node(UUID id, Journal journal, Claims claims, Recorder recorder) {}

    SendingEngine(
            MailSettings settings,
            Sql sql,
            Transactions transactions,
            Clock clock,
            KeyedHashes hashes,
            People people,
            MailingBook mailings,
            MailServer server,
            Signers signers,
            Optional<Verp> verp,
            ThreadFactory threadFactory) {
        this.settings = settings;
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.hashes = hashes;
        this.composing = new Composing(settings, hashes, signers, verp, clock);
        this.people = people;
        this.mailings = mailings;
        this.server = server;
        this.threadFactory = threadFactory;
        this.suppressions = new Suppressions(sql, hashes);
        this.deliveries = new DeliveryRows(sql);
        this.phrases = new Phrases(sql, transactions);
        this.folder = settings.dataDir().resolve("mail");
        this.pace = new Pace(settings.perSecond());
        this.node = join();
    }

    private Node join() {
        UUID id = UUID.randomUUID();
        Journal journal = Journal.open(folder, id);
        Claims claims = new Claims(sql, transactions, clock, people, suppressions, hashes, deliveries, id);
        transactions.run(() -> sql.update(
                "insert into mail.nodes (id, host, folder, seen_at) values (?, ?, ?, ?)",
                id,
                TakeOver.hostName(),
                folder.toAbsolutePath().toString(),
                now()));
        heartbeatAt = System.nanoTime();
        return new Node(
                id, journal, claims, new Recorder(sql, transactions, claims, deliveries, phrases, suppressions));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** Begins. */
    void start() {
        claimer = run("mail-claims", this::claimAll);
        recorderThread = run("mail-ledger", this::recordAll);
        for (int i = 0; i < settings.connections(); i++) {
            boolean accountMailOnly = i == 0 && settings.connections() > 1;
            senders.add(run("mail-send-" + i, () -> new Sender(accountMailOnly).run()));
        }
    }

    private Thread run(String name, Runnable work) {
        Thread thread = threadFactory.newThread(work);
        if (thread == null) {
            throw new IllegalStateException("no thread for " + name);
        }
        thread.setName(name);
        thread.start();
        return thread;
    }

    /** Claims nothing more, finishes the mails in flight, gives back the rest and records everything. */
    void stop() {
        stopping = true;
        lanes.wake();
        join(claimer, 10_000);
        lanes.remove(w -> true).forEach(this::putBack);
        for (Thread sender : senders) {
            join(sender, 30_000);
        }
        lanes.remove(w -> true).forEach(this::putBack);
        recordingEnds = true;
        join(recorderThread, 10_000);
        try {
            transactions.run(() -> sql.update(
                    "delete from mail.nodes where id = ? and not exists (select 1 from mail.claims where node = ?)"
                            + " and not exists (select 1 from mail.letters where node = ?)",
                    node.id(),
                    node.id(),
                    node.id()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the node could not sign off; the next start will", e);
        }
        node.journal().close();
    }

    private static void join(@Nullable Thread thread, long millis) {
        if (thread == null) {
            return;
        }
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@code kill -9} would end it, for tests: threads stop where they are, nothing is recorded or closed. */
    void die() {
        stopping = true;
        killed = true;
        recordingEnds = true;
        outcomes.clear();
        lanes.wake();
        join(claimer, 5_000);
        senders.forEach(t -> join(t, 5_000));
        join(recorderThread, 5_000);
        node.journal().abandon();
    }

    private volatile boolean killed;

    // Claiming

    private void claimAll() {
        TakeOver takeOver =
                new TakeOver(sql, transactions, clock, settings, people, mailings, node.recorder(), phrases);
        long lettersAt = 0;
        long deadAt = 0;
        boolean first = true;
        double rate = 0;
        long ratedAt = System.nanoTime();
        long ratedSent = 0;
        while (!stopping) {
            try {
                long now = System.nanoTime();
                boolean more = false;
                if (first || now - controls.readAt() > CONTROLS_EVERY_NANOS) {
                    readControls();
                }
                if (first || now - deadAt > DEAD_NODES_EVERY_NANOS) {
                    takeOver.fromTheDead(node.id(), folder);
                    deadAt = now;
                }
                if (now - ratedAt > 500_000_000L) {
                    long sent = sentByThisNode.get();
                    rate = 0.5 * rate + 0.5 * ((sent - ratedSent) / ((now - ratedAt) / 1e9));
                    ratedAt = now;
                    ratedSent = sent;
                }
                first = false;
                int size = (int) Math.max(FIRST_CLAIM, Math.min(settings.batch(), rate));
                lanes.lowWater(size);
                if (now - lettersAt > LETTERS_EVERY_NANOS && lanes.waiting(MessageClass.ACCOUNT, 0) < LETTERS_AT_ONCE) {
                    Optional<Work.Claim> letters = node.claims().claimLetters(LETTERS_AT_ONCE);
                    letters.ifPresent(claim -> lanes.add(claim.works()));
                    // A full portion means that more wait.
                    boolean full = letters.isPresent() && letters.get().works().size() == LETTERS_AT_ONCE;
                    lettersAt = full ? 0 : now;
                    more = full;
                }
                more |= claimMailings(size);
                if (!more) {
                    lanes.awaitChange(50);
                }
            } catch (Claims.TakenOver e) {
                rejoin();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                said(e, "claiming mails failed; tried again");
                sleep(500);
            }
        }
    }

    private boolean claimMailings(int size) {
        boolean more = false;
        for (Map.Entry<Integer, MailingState> entry : controls.states().entrySet()) {
            try {
                more |= claimMailing(entry.getKey(), entry.getValue(), size);
            } catch (Claims.TakenOver e) {
                throw e;
            } catch (RuntimeException e) {
                said(e, "claiming from mailing " + entry.getKey() + " failed; tried again");
                quietUntil.put(entry.getKey(), System.nanoTime() + 2_000_000_000L);
            }
        }
        return more;
    }

    private boolean claimMailing(int number, MailingState state, int size) {
        RunningMailing mailing = loaded.computeIfAbsent(number, mailings::load);
        boolean ended = state == MailingState.CANCELLED || !now().isBefore(mailing.expiresAt());
        boolean running =
                state == MailingState.RUNNING && !controls.allStopped() && !now().isBefore(mailing.notBefore());
        boolean room = lanes.waiting(mailing.kind().messageClass(), number) < size;
        if (!(ended || (running && room)) || stopping || !mayClaim(number)) {
            return false;
        }
        Claims.Claimed claimed = node.claims().claim(mailing, size);
        claimed.claim().ifPresent(claim -> lanes.add(claim.works()));
        if (!claimed.more()) {
            quietUntil.put(number, System.nanoTime() + 250_000_000L);
        }
        return claimed.more() && lanes.waiting(mailing.kind().messageClass(), number) < size;
    }

    /** Mailings that had nothing due a moment ago. */
    private final Map<Integer, Long> quietUntil = new HashMap<>();

    private boolean mayClaim(int mailing) {
        Long until = quietUntil.get(mailing);
        return until == null || System.nanoTime() - until >= 0;
    }

    private void readControls() {
        long readAt = System.nanoTime();
        boolean alive = transactions.call(
                () -> sql.update("update mail.nodes set seen_at = ? where id = ?", now(), node.id()) == 1);
        if (!alive) {
            throw new Claims.TakenOver();
        }
        heartbeatAt = readAt;
        controls = new Controls(mailings.active(), mailings.allStopped(), readAt);
        loaded.keySet().retainAll(controls.states().keySet());
        mailings.forgetSamples(controls.states().keySet());
        controls.states().keySet().forEach(mailings::sample);
        lanes.remove(work -> !allows(work)).forEach(this::putBack);
    }

    private boolean allows(Work work) {
        RunningMailing mailing = work.claim().mailing();
        if (mailing == null) {
            return true;
        }
        Controls known = controls;
        return !known.allStopped() && known.states().get(mailing.number()) == MailingState.RUNNING;
    }

    /** The others took this node for dead, and everything it had reserved: it begins anew. */
    private void rejoin() {
        LOG.warning("this node was taken for dead and begins anew");
        lanes.remove(w -> true);
        outcomes.clear();
        node = join();
    }

    private void putBack(Work work) {
        outcome(Verdict.on(work, new Reply(Reply.Kind.NOT_BEGUN, ""), "", now(), settings));
    }

    private void outcome(Outcome outcome) {
        try {
            while (!outcomes.offer(outcome, 200, TimeUnit.MILLISECONDS)) {
                if (killed) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Recording

    private void recordAll() {
        List<Outcome> batch = new ArrayList<>();
        while (true) {
            try {
                Outcome first = outcomes.poll(RECORD_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (recordingEnds) {
                        return;
                    }
                    continue;
                }
                batch.add(first);
                long until = System.nanoTime() + RECORD_WITHIN_MILLIS * 1_000_000L;
                while (batch.size() < RECORDED_AT_ONCE) {
                    long left = until - System.nanoTime();
                    Outcome next =
                            left <= 0 || recordingEnds ? outcomes.poll() : outcomes.poll(left, TimeUnit.NANOSECONDS);
                    if (next == null) {
                        break;
                    }
                    batch.add(next);
                }
                record(batch);
                batch.clear();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void record(List<Outcome> batch) {
        boolean again = false;
        while (!killed) {
            try {
                Node self = node;
                self.recorder()
                        .record(batch, again)
                        .forEach(claim -> self.journal().recorded(claim.id()));
                batch.stream()
                        .filter(o -> o.work().letter() != null)
                        .forEach(o -> self.journal().recorded(o.work().recipient()));
                return;
            } catch (Claims.TakenOver e) {
                return; // recorded by whoever took over
            } catch (RuntimeException e) {
                said(e, "recording what was sent failed; tried again");
                again = true;
                sleep(recordingEnds ? 200 : 1_000);
                if (recordingEnds && stopGivesUp(batch)) {
                    return;
                }
            }
        }
    }

    private int failuresWhileStopping;

    private boolean stopGivesUp(List<Outcome> batch) {
        failuresWhileStopping++;
        if (failuresWhileStopping > 20) {
            LOG.warning(
                    () -> batch.size() + " outcomes could not be recorded; the journal has them for the next start");
            return true;
        }
        return false;
    }

    // Sending

    /** One connection and the thread that uses it. */
    private final class Sender {
        private final boolean accountMailOnly;
        private MailServer.@Nullable Connection connection;
        private long backoffMillis;

        Sender(boolean accountMailOnly) {
            this.accountMailOnly = accountMailOnly;
        }

        void run() {
            while (!stopping) {
                try {
                    if (lanes.isEmpty(accountMailOnly)) {
                        await();
                        continue;
                    }
                    if (!connected()) {
                        continue;
                    }
                    Work work = lanes.take(accountMailOnly, 0);
                    if (work != null) {
                        handle(work);
                    }
                } catch (InterruptedException e) {
                    break;
                } catch (RuntimeException | Error e) {
                    // Whatever it is, the other mails of this connection still have to go.
                    disconnect();
                    said(e, "sending failed; tried again");
                    sleep(500);
                }
            }
            disconnect();
        }

        private void await() throws InterruptedException {
            long idleSince = System.nanoTime();
            while (!stopping && lanes.isEmpty(accountMailOnly)) {
                lanes.awaitChange(500);
                if (connection != null && System.nanoTime() - idleSince > IDLE_CONNECTION_MILLIS * 1_000_000L) {
                    disconnect();
                }
            }
        }

        private boolean connected() {
            MailServer.Connection open = connection;
            if (open != null && open.usable()) {
                return true;
            }
            disconnect();
            try {
                connection = server.connect();
                backoffMillis = 0;
                return true;
            } catch (MailServer.NotConnected e) {
                lastError = e.getMessage();
                // The work keeps waiting; no try of it is used up.
                backoffMillis = Math.min(MAX_BACKOFF_MILLIS, Math.max(250, backoffMillis * 2));
                long until = System.nanoTime() + backoffMillis * 1_000_000L;
                while (!stopping && System.nanoTime() < until) {
                    sleep(50);
                }
                return false;
            }
        }

        private void disconnect() {
            MailServer.Connection open = connection;
            connection = null;
            if (open != null) {
                open.close();
            }
        }

        private void handle(Work work) {
            boolean settled = false;
            try {
                settled = send(work);
            } finally {
                if (!settled && !killed) {
                    // Something of ours failed before the content: nothing is lost, somebody tries again.
                    work.notBegun();
                    lanes.putFirst(work);
                }
            }
        }

        /** Returns whether the work is over or put where it belongs. */
        private boolean send(Work work) {
            if (work.lane() != MessageClass.ACCOUNT) {
                pace.await(() -> stopping);
            }
            if (stopping || !mayBegin(work)) {
                settle(work);
                return true;
            }
            Node self = node;
            Composing.Composed composed;
            try {
                composed = composing.compose(work);
            } catch (Composing.SigningFailed e) {
                said(e, "a mail cannot be signed; it waits");
                lastError = e.getMessage();
                outcome(Verdict.on(
                        work,
                        new Reply(Reply.Kind.DEFERRED, Reply.line(String.valueOf(e.getMessage()), "")),
                        "",
                        now(),
                        settings));
                return true;
            } catch (IllegalArgumentException e) {
                outcome(Verdict.on(
                        work, new Reply(Reply.Kind.REFUSED, "refused by us: " + e.getMessage()), "", now(), settings));
                return true;
            }
            MailServer.Connection open = connection;
            if (open == null) {
                return false;
            }
            UUID journalClaim =
                    work.letter() != null ? work.recipient() : work.claim().id();
            self.journal().begin(journalClaim, work.recipient());
            Reply reply =
                    open.send(composed.envelope(), composed.content(), composed.content().length, () -> mayBegin(work));
            if (killed) {
                return true;
            }
            work.begin();
            self.journal().done(journalClaim, work.recipient(), reply);
            return settle(work, reply);
        }

        private boolean settle(Work work, Reply reply) {
            switch (reply.kind()) {
                case NOT_BEGUN -> {
                    lastError = reply.text();
                    work.notBegun();
                    if (work.connectionBroke() < BROKEN_CONNECTIONS_AT_MOST && !stopping) {
                        lanes.putFirst(work);
                        sleep(100);
                        return true;
                    }
                    Reply deferred = stopping ? reply : new Reply(Reply.Kind.DEFERRED, reply.text());
                    outcome(Verdict.on(work, deferred, server.label(), now(), settings));
                }
                case WITHDRAWN -> {
                    work.notBegun();
                    settle(work);
                }
                default -> {
                    if (reply.kind() == Reply.Kind.ACCEPTED) {
                        lastSuccess = now();
                        lastError = null;
                        sentByThisNode.incrementAndGet();
                    } else {
                        lastError = reply.text();
                    }
                    outcome(Verdict.on(work, reply, server.label(), now(), settings));
                }
            }
            return true;
        }

        /** Of what must not be begun: skipped with the reason, or given back. */
        private void settle(Work work) {
            Optional<SkipReason> whyNot = work.whyNot();
            if (whyNot.isPresent()) {
                outcome(new Outcome(
                        work,
                        Outcome.Kind.SKIPPED,
                        whyNot.get(),
                        new Reply(Reply.Kind.WITHDRAWN, ""),
                        "",
                        now(),
                        now()));
            } else {
                putBack(work);
            }
        }

        /** The last word before a content: staff have not stopped it, and the person may be written to now. */
        private boolean mayBegin(Work work) {
            long now = System.nanoTime();
            if (killed
                    || !allows(work)
                    || now - controls.readAt() > CONTROLS_STALE_NANOS
                    || now - heartbeatAt > HEARTBEAT_STALE_NANOS) {
                return false;
            }
            if (work.standingIsOlderThan(STANDING_NANOS)) {
                synchronized (work.claim()) {
                    if (work.standingIsOlderThan(STANDING_NANOS)) {
                        node.claims().readStandingAgain(work.claim());
                    }
                }
            }
            return work.whyNot().isEmpty() && !work.standingIsOlderThan(STANDING_NANOS + 200_000_000L);
        }
    }

    // State

    @Override
    public SendingState state() {
        record Waiting(long count, Optional<OffsetDateTime> oldest) {}
        Waiting waiting = sql.first(
                        "select count(*) as n, min(posted_at) as oldest from mail.letters where next_try is not null",
                        row -> new Waiting(row.getLong("n"), Sql.timeOrNone(row, "oldest")))
                .orElse(new Waiting(0, Optional.empty()));
        return new SendingState(
                server instanceof LocalMailboxServer ? Optional.empty() : Optional.of(server.label()),
                waiting.count(),
                waiting.oldest(),
                Optional.ofNullable(lastError),
                Optional.ofNullable(lastSuccess));
    }

    private final Map<String, Long> saidAt = new ConcurrentHashMap<>();

    /** Logs a failure once a minute for each kind: a database that is away says the same thing many times. */
    private void said(Throwable e, String what) {
        long now = System.nanoTime();
        Long before = saidAt.put(what, now);
        if (before == null || now - before > 60_000_000_000L) {
            LOG.log(Level.WARNING, what, e);
        } else {
            saidAt.put(what, before);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
