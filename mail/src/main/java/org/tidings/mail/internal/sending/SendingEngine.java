package org.tidings.mail.internal.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingState;
import org.tidings.mail.internal.composing.Composing;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.NodeLedger;
import org.tidings.mail.internal.ledger.Phrases;
import org.tidings.mail.internal.ledger.TryCounts;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.signing.Signers;
import org.tidings.mail.internal.smtp.MailboxRelay;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.traffic.Dispatcher;
import org.tidings.mail.internal.traffic.Turns;
import org.tidings.mail.internal.traffic.shaping.Fleet;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.TransactionProofs;
import org.tidings.site.Transactions;

/**
 * Sends what the tables hold. {@link Claiming} reserves, {@link ComposingAhead} composes and signs ahead, {@link Sender}s hand over
 * what {@link Turns} lets go, {@link Recording} writes down what became of it.
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
    private final ComposingAhead composingAhead;
    private final Recording recording;
    private final Turns turns;
    private final Sender.Parts senderParts;
    private final Claiming claiming;
    private final Retention retention;

    private final InFlight inFlight;

    private @Nullable Thread recorder;

    /**
     * What it is made of.
     *
     * @param relays at least one
     * @param receiving empty when receivers are not limited
     * @param verp empty when the envelope bears the class's own sender
     * @param whenTransactionsAreLost sees to it that everything stands still
     */
    public record Parts(
            MailSettings settings,
            Sql sql,
            Transactions transactions,
            Clock clock,
            KeyedHashes hashes,
            People people,
            MailingBook mailings,
            List<Dispatcher.PlannedRelay> relays,
            Optional<SparingReceivers> receiving,
            Signers signers,
            Optional<Verp> verp,
            TryCounts tryCounts,
            Disk disk,
            Machine machine,
            ThreadFactory threadFactory,
            TransactionProofs proofs,
            Runnable whenTransactionsAreLost) {

        private OffsetDateTime now() {
            return Now.by(clock);
        }

        private NodeLedger.Parts ledger(Phrases phrases) {
            return new NodeLedger.Parts(
                    sql,
                    transactions,
                    clock,
                    machine,
                    settings.zone(),
                    people,
                    new Suppressions(sql, hashes, clock),
                    hashes,
                    phrases,
                    tryCounts);
        }

        /** For staff; empty for the local mailbox. */
        private Optional<String> labels() {
            boolean local = relays.stream().anyMatch(planned -> planned.relay() instanceof MailboxRelay);
            return local
                    ? Optional.empty()
                    : Optional.of(relays.stream()
                            .map(planned -> planned.relay().label())
                            .collect(Collectors.joining(", ")));
        }

        private void alarm(Reason reason, String said) {
            transactions.run(() -> tryCounts.alarms().raise(reason, 1, said, now()));
        }
    }

    public SendingEngine(Parts parts) {
        MailSettings settings = parts.settings();
        Clock clock = parts.clock();
        sql = parts.sql();
        machine = parts.machine();
        lifetime = new Lifetime(machine);
        inFlight = new InFlight(machine);
        fleet = new Fleet(
                parts.relays().stream().map(Dispatcher.PlannedRelay::plan).toList(), clock, machine::nanos);
        servers = parts.labels();
        threadFactory = parts.threadFactory();
        proofs = parts.proofs();
        happenings = new Happenings(machine, parts::alarm);
        Phrases phrases = new Phrases(sql, parts.transactions(), machine);
        membership = membership(parts, phrases);
        Controls controls = new Controls(parts.mailings(), membership, clock, machine);
        parts.tryCounts().whenStopped(controls::read);
        composingAhead = new ComposingAhead(
                new Composing(settings, parts.hashes(), parts.signers(), parts.verp(), clock), lifetime, machine);
        recording = new Recording(membership, lifetime, happenings, machine, Recording.GIVEN_UP_AFTER_MILLIS);
        turns = dispatcher(parts);
        senderParts = new Sender.Parts(
                settings,
                clock,
                turns,
                composingAhead,
                controls,
                membership,
                recording,
                happenings,
                lifetime,
                inFlight,
                machine);
        claiming = claiming(parts, controls, takeOver(parts, phrases));
        retention = new Retention(settings, sql, parts.transactions(), clock, lifetime, happenings, parts.mailings());
    }

    private static Membership membership(Parts parts, Phrases phrases) {
        NodeLedger.Parts ledger = parts.ledger(phrases);
        return new Membership(
                parts.sql(),
                parts.transactions(),
                parts.machine(),
                parts.settings().dataDir().resolve("mail"),
                parts.disk(),
                (id, journal) -> new Membership.Node(id, journal, NodeLedger.of(id, ledger)));
    }

    private Dispatcher dispatcher(Parts parts) {
        return new Dispatcher(
                parts.settings(),
                parts.clock(),
                parts.transactions(),
                membership::countNodes,
                parts.relays(),
                fleet,
                parts.receiving(),
                (work, at, why) -> putOff(work, at, why, parts.now()),
                machine);
    }

    private TakeOver takeOver(Parts parts, Phrases phrases) {
        return new TakeOver(
                sql,
                parts.transactions(),
                parts.clock(),
                parts.settings(),
                parts.people(),
                parts.mailings(),
                membership.node().ledger().outcomes(),
                phrases,
                () -> membership.wasAway(parts.settings().takeoverAfter()),
                machine,
                parts.disk());
    }

    private Claiming claiming(Parts parts, Controls controls, TakeOver takeOver) {
        return new Claiming(
                parts.settings(),
                parts.clock(),
                parts.mailings(),
                membership,
                takeOver,
                controls,
                turns,
                composingAhead,
                senderParts::putBack,
                recording,
                happenings,
                lifetime,
                proofs::allHold,
                parts.whenTransactionsAreLost(),
                machine);
    }

    /** Gives a work back until a better time: not a try of it. */
    private void putOff(Work work, OffsetDateTime until, String why, OffsetDateTime now) {
        composingAhead.drop(work);
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
            run("mail-prepare-" + i, composingAhead::run);
        }
        for (Turns.Line line : turns.lines()) {
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
        turns.wake();
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
        turns.remove(w -> true).forEach(senderParts::putBack);
        inFlight.senders().awaitEmpty(Duration.ofNanos(Math.max(0, until - machine.nanos())));
        turns.remove(w -> true).forEach(senderParts::putBack);
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

    private Optional<Diagnostic> lastError() {
        return proofs.failed().isEmpty()
                ? happenings.lastError().map(Diagnostic::of)
                : Optional.of(new Diagnostic.Own(
                        Diagnostic.Why.NO_TRANSACTIONS,
                        Optional.of(new Diagnostic.Words(String.join(", ", proofs.failed())))));
    }
}
