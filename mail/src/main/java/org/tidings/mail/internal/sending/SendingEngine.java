package org.tidings.mail.internal.sending;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingState;
import org.tidings.mail.internal.composing.Composing;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.ledger.Claims;
import org.tidings.mail.internal.ledger.DeliveryRows;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.Phrases;
import org.tidings.mail.internal.ledger.Recorder;
import org.tidings.mail.internal.ledger.TryCounts;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.signing.Signers;
import org.tidings.mail.internal.smtp.LocalMailboxServer;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.internal.traffic.Dispatcher;
import org.tidings.mail.internal.traffic.Traffic;
import org.tidings.mail.internal.traffic.shaping.Fleet;
import org.tidings.mail.internal.traffic.shaping.ReceivingTraffic;
import org.tidings.site.TransactionProofs;
import org.tidings.site.Transactions;

/**
 * Sends what the tables hold. {@link Claiming} reserves, {@link Preparing} composes and signs ahead, {@link Sender}s hand over
 * what {@link Traffic} lets go, {@link Recording} writes down what became of it.
 *
 * <p>Nothing is reserved before transactions are proved to hold in all background threads of the product.
 *
 * <p>What always holds: a mail's content goes out only after its recipient was reserved by this node, after her standing was
 * read less than a second ago ({@link Controls}), and after the journal says so; a claim is closed in the transaction that
 * records its last outcome. Whatever fails, fails before the content or is found again.
 */
public final class SendingEngine implements Sending {

    private static final Logger LOG = Logger.getLogger(SendingEngine.class.getName());
    private static final long STOP_CLAIMING_MILLIS = 10_000;
    private static final long STOP_RECORDING_MILLIS = 10_000;

    private final Sql sql;
    private final Fleet fleet;
    private final Optional<String> servers;
    private final ThreadFactory threadFactory;
    private final TransactionProofs proofs;
    private final Machine machine;
    private final Lifetime lifetime;
    private final Happenings happenings;
    private final Membership membership;
    private final Preparing preparing;
    private final Recording recording;
    private final Traffic traffic;
    private final Sender.Parts senderParts;
    private final Claiming claiming;
    private final Retention retention;

    private final InFlight inFlight;

    private @Nullable Thread recorder;

    public SendingEngine(
            MailSettings settings,
            Sql sql,
            Transactions transactions,
            Clock clock,
            KeyedHashes hashes,
            People people,
            MailingBook mailings,
            List<Dispatcher.Carrier> carriers,
            Optional<ReceivingTraffic> receiving,
            Signers signers,
            Optional<Verp> verp,
            TryCounts tryCounts,
            Disk disk,
            Machine machine,
            ThreadFactory threadFactory,
            TransactionProofs proofs,
            Runnable whenTransactionsAreLost) {
        this.sql = sql;
        this.machine = machine;
        this.lifetime = new Lifetime(machine);
        this.inFlight = new InFlight(machine);
        this.fleet = new Fleet(carriers.stream().map(Dispatcher.Carrier::plan).toList(), clock, machine::nanos);
        this.servers = carriers.stream().anyMatch(carrier -> carrier.server() instanceof LocalMailboxServer)
                ? Optional.empty()
                : Optional.of(carriers.stream()
                        .map(carrier -> carrier.server().label())
                        .collect(Collectors.joining(", ")));
        this.threadFactory = threadFactory;
        this.proofs = proofs;
        happenings = new Happenings(
                machine,
                (reason, said) -> transactions.run(() -> tryCounts
                        .alarms()
                        .raise(reason, 1, said, clock.instant().atOffset(ZoneOffset.UTC))));
        Suppressions suppressions = new Suppressions(sql, hashes, clock);
        DeliveryRows deliveries = new DeliveryRows(sql);
        Phrases phrases = new Phrases(sql, transactions, machine);
        Path folder = settings.dataDir().resolve("mail");
        membership = new Membership(sql, transactions, machine, folder, disk, (UUID id, Journal journal) -> {
            Claims claims = new Claims(
                    sql, transactions, clock, people, suppressions, hashes, deliveries, id, settings.zone(), machine);
            Recorder ledger =
                    new Recorder(sql, transactions, claims, deliveries, phrases, suppressions, hashes, tryCounts);
            return new Membership.Node(id, journal, claims, ledger);
        });
        Controls controls = new Controls(mailings, membership, clock, machine);
        tryCounts.whenStopped(controls::read);
        preparing = new Preparing(new Composing(settings, hashes, signers, verp, clock), lifetime, machine);
        recording = new Recording(membership, lifetime, happenings, machine, Recording.GIVEN_UP_AFTER_MILLIS);
        traffic = new Dispatcher(
                settings,
                clock,
                transactions,
                membership::countNodes,
                carriers,
                fleet,
                receiving,
                (work, at, why) -> putOff(work, at, why, clock),
                machine);
        senderParts = new Sender.Parts(
                settings,
                clock,
                traffic,
                preparing,
                controls,
                membership,
                recording,
                happenings,
                lifetime,
                inFlight,
                machine);
        TakeOver takeOver = new TakeOver(
                sql,
                transactions,
                clock,
                settings,
                people,
                mailings,
                membership.node().recorder(),
                phrases,
                () -> membership.wasAway(settings.takeoverAfter()),
                machine,
                disk);
        claiming = new Claiming(
                settings,
                clock,
                mailings,
                membership,
                takeOver,
                controls,
                traffic,
                preparing,
                senderParts::putBack,
                recording,
                happenings,
                lifetime,
                proofs::allHold,
                whenTransactionsAreLost,
                machine);
        retention = new Retention(settings, sql, transactions, clock, lifetime, happenings, mailings);
    }

    /** Gives a work back until a better time: not a try of it. */
    private void putOff(Work work, OffsetDateTime until, String why, Clock clock) {
        preparing.drop(work);
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        recording.add(
                new Outcome(work, Outcome.Kind.PUT_BACK, null, new Reply(Reply.Kind.NOT_BEGUN, why), "", now, until));
    }

    /** The servers as this node sees them. */
    List<Fleet.State> servers() {
        return fleet.states();
    }

    /** Begins. */
    public void start() {
        run("mail-claims", claiming::run);
        recorder = run("mail-ledger", recording::run);
        run("mail-retention", retention::run);
        for (int i = 0; i < machine.processors(); i++) {
            run("mail-prepare-" + i, preparing::run);
        }
        for (Traffic.Line line : traffic.lines()) {
            run("mail-send-" + line.number(), () -> new Sender(line, senderParts).run());
        }
    }

    private Thread run(String name, Runnable work) {
        // Threads of one kind bear a number: mail-send-3.
        Thread thread = threadFactory.newThread(proofs.first(name.replaceAll("-[0-9]+$", ""), work));
        if (thread == null) {
            throw new IllegalStateException("no thread for " + name);
        }
        thread.setName(name);
        thread.start();
        return thread;
    }

    /** Reserves nothing more and begins nothing more, from this moment. Returns at once. */
    public void beginNothingMore() {
        lifetime.stop();
        inFlight.senders().close();
        traffic.wake();
    }

    /**
     * Waits for the mails in flight, gives back the rest, records everything and signs off. What is still in flight after that is
     * doubtful as after a kill: this node's journal tells the next start, or another node, which ones they are.
     *
     * @param patience with mail servers; with the database it takes up to 30 seconds more
     * @return mails of which it is not known whether a server took them
     */
    int finish(Duration patience) {
        long until = machine.nanos() + patience.toNanos();
        boolean reservesNothing = claiming.endsWithin(STOP_CLAIMING_MILLIS);
        traffic.remove(w -> true).forEach(senderParts::putBack);
        inFlight.senders().awaitEmpty(Duration.ofNanos(Math.max(0, until - machine.nanos())));
        traffic.remove(w -> true).forEach(senderParts::putBack);
        int doubtful = inFlight.mails();
        if (doubtful > 0) {
            LOG.warning(() -> doubtful + " mails were on their way when the patience of " + patience
                    + " was over. They are doubtful: each is sent again with the same Message-ID.");
        }
        lifetime.endRecording();
        boolean recordsNothing = hasEnded(recorder, STOP_RECORDING_MILLIS);
        membership.leave(reservesNothing && recordsNothing);
        return doubtful;
    }

    /** All of it. */
    public int stop(Duration patience) {
        beginNothingMore();
        return finish(patience);
    }

    private boolean hasEnded(@Nullable Thread thread, long withinMillis) {
        try {
            return thread == null || machine.awaitEnd(thread, withinMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !thread.isAlive();
        }
    }

    Retention retention() {
        return retention;
    }

    /** Mails that a server took from this process. */
    long sent() {
        return happenings.sent();
    }

    @Override
    public SendingState state() {
        record Waiting(long count, Optional<OffsetDateTime> oldest) {}
        Waiting waiting = sql.first(
                        "select count(*) as n, min(posted_at) as oldest from mail.letters where next_try is not null",
                        row -> new Waiting(row.getLong("n"), Sql.timeOrNone(row, "oldest")))
                .orElse(new Waiting(0, Optional.empty()));
        return new SendingState(servers, waiting.count(), waiting.oldest(), lastError(), happenings.lastSuccess());
    }

    private Optional<String> lastError() {
        return proofs.failed().isEmpty()
                ? happenings.lastError()
                : Optional.of("transactions do not hold in threads of " + String.join(", ", proofs.failed()));
    }
}
