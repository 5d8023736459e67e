package org.tidings.mail.internal.sending;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.Composing;
import org.tidings.mail.internal.composing.Envelope;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.outcomes.Verdict;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.smtp.MailServer;
import org.tidings.mail.internal.traffic.Traffic;

/**
 * One line's connection and the thread that uses it. Takes work, hands it over, says what became of it. Every work that it takes
 * ends in an outcome or goes back to where it came from, whatever happens in between.
 */
final class Sender {

    private static final long IDLE_CONNECTION_NANOS = 5_000_000_000L;
    private static final int BROKEN_CONNECTIONS_AT_MOST = 3;

    private final Traffic.Line line;
    private final Parts parts;
    /** Taken and not over. */
    private final List<Try> open = new ArrayList<>(2);

    private MailServer.@Nullable Connection connection;

    /** What the senders share. */
    record Parts(
            MailSettings settings,
            Clock clock,
            Traffic traffic,
            Preparing preparing,
            Controls controls,
            Membership membership,
            Recording recording,
            Happenings happenings,
            Lifetime lifetime,
            InFlight inFlight,
            Machine machine) {

        private OffsetDateTime now() {
            return clock.instant().atOffset(ZoneOffset.UTC);
        }

        /** Gives back what is not begun: it waits as if it had not been claimed. */
        void putBack(Work work) {
            preparing.drop(work);
            recording.add(Verdict.on(work, new Reply(Reply.Kind.NOT_BEGUN, ""), "", now(), settings, machine));
        }
    }

    Sender(Traffic.Line line, Parts parts) {
        this.line = line;
        this.parts = parts;
    }

    void run() {
        while (!parts.lifetime.stopping()) {
            try {
                if (!parts.traffic.wants(line)) {
                    await();
                } else if (connected() && parts.inFlight.senders().enter()) {
                    try {
                        sendWhatMayGo();
                    } finally {
                        parts.inFlight.senders().leave();
                    }
                }
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException | Error e) {
                // Whatever it is, the other mails of this line still have to go.
                disconnect();
                parts.happenings.failed(e, "sending failed; tried again");
                sleep(500);
            }
        }
        disconnect();
    }

    private void await() throws InterruptedException {
        long idleSince = parts.machine.nanos();
        while (!parts.lifetime.stopping() && !parts.traffic.wants(line)) {
            parts.traffic.await(line, 500);
            if (connection != null && parts.machine.nanos() - idleSince > IDLE_CONNECTION_NANOS) {
                disconnect();
            }
        }
    }

    private boolean connected() {
        MailServer.Connection known = connection;
        if (known != null && known.usable() && !parts.traffic.isWorn(line)) {
            return true;
        }
        disconnect();
        try {
            connection = line.server().connect();
            parts.traffic.connected(line);
            return true;
        } catch (MailServer.NotConnected e) {
            String why = String.valueOf(e.getMessage());
            parts.happenings.notConnected(e);
            // The work keeps waiting, or goes over another server; no try of it is used up.
            parts.traffic.notConnected(line, why, e.reason() == Reason.LOGIN);
            return false;
        } catch (RuntimeException | Error e) {
            parts.traffic.notConnected(line, e.getClass().getSimpleName(), false);
            throw e;
        }
    }

    private void disconnect() {
        MailServer.Connection known = connection;
        connection = null;
        if (known != null) {
            known.close();
            parts.traffic.disconnected(line);
        }
    }

    private void sendWhatMayGo() throws InterruptedException {
        Try first = next();
        MailServer.Connection known = connection;
        if (first == null || known == null) {
            parts.traffic.await(line, 50);
            return;
        }
        try {
            known.send(first, this::next);
        } finally {
            if (!open.isEmpty()) {
                disconnect();
                List.copyOf(open).forEach(this::abandon);
            }
        }
    }

    private void abandon(Try one) {
        try {
            one.abandoned();
        } catch (RuntimeException e) {
            // The others of this connection still have to be given up.
            parts.happenings.failed(e, "giving up a mail failed");
        }
    }

    /** The next mail that may begin, composed; null when there is none now. */
    private @Nullable Try next() {
        // Without news nothing may begin: then it stays where it is instead of being given back.
        while (!parts.lifetime.stopping() && parts.controls.isCurrent()) {
            Work work = parts.traffic.next(line);
            if (work == null) {
                return null;
            }
            Try made = made(work);
            if (made != null) {
                return made;
            }
        }
        return null;
    }

    /** Null when the work is settled without a try. */
    private @Nullable Try made(Work work) {
        boolean settled = false;
        try {
            if (!parts.controls.mayBegin(work)) {
                settled = true;
                parts.traffic.withdrawn(work);
                settle(work);
                return null;
            }
            Composing.Composed composed;
            try {
                composed = parts.preparing.take(work);
            } catch (Composing.SigningFailed e) {
                parts.happenings.failed(e, "a mail cannot be signed; it waits");
                settled = true;
                refusedByUs(work, Reply.Kind.DEFERRED, String.valueOf(e.getMessage()));
                return null;
            } catch (IllegalArgumentException e) {
                settled = true;
                refusedByUs(work, Reply.Kind.REFUSED, "refused by us: " + e.getMessage());
                return null;
            } catch (RuntimeException | StackOverflowError e) {
                // Not foreseen; it waits like one that a server put off, so that the others go on.
                parts.happenings.failed(e, "a mail cannot be composed; it waits");
                settled = true;
                refusedByUs(
                        work,
                        Reply.Kind.DEFERRED,
                        "cannot be composed: " + e.getClass().getSimpleName());
                return null;
            }
            Try made = new Try(work, composed);
            open.add(made);
            settled = true;
            return made;
        } finally {
            if (!settled) {
                // Something of ours failed before anything was sent: nothing is lost, somebody tries again.
                parts.traffic.putBack(work);
            }
        }
    }

    private void refusedByUs(Work work, Reply.Kind kind, String why) {
        Reply reply = new Reply(kind, Reply.line(why, ""));
        parts.traffic.withdrawn(work);
        parts.happenings.refused(reply.text());
        parts.recording.add(Verdict.on(work, reply, "", parts.now(), parts.settings, parts.machine));
    }

    /** Of what must not be begun: skipped with the reason, or given back. */
    private void settle(Work work) {
        Optional<SkipReason> whyNot = work.whyNot();
        if (whyNot.isEmpty()) {
            parts.putBack(work);
            return;
        }
        parts.preparing.drop(work);
        parts.recording.add(new Outcome(
                work,
                Outcome.Kind.SKIPPED,
                whyNot.get(),
                new Reply(Reply.Kind.WITHDRAWN, ""),
                "",
                parts.now(),
                parts.now()));
    }

    private void sleep(long millis) {
        try {
            parts.machine.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One work on its way over the connection. */
    private final class Try implements MailServer.Handover {

        private final Work work;
        private final Composing.Composed composed;
        private final Membership.Node node = parts.membership.node();
        private boolean begun;

        Try(Work work, Composing.Composed composed) {
            this.work = work;
            this.composed = composed;
        }

        @Override
        public Envelope envelope() {
            return composed.envelope();
        }

        @Override
        public byte[] content() {
            return composed.content();
        }

        /** Not once the end was asked for, though it be announced already. */
        @Override
        public boolean mayBegin() {
            // In this order: the last word may bring another address.
            return !parts.lifetime.stopping() && parts.controls.mayBegin(work) && composed.isFor(work);
        }

        /** In the journal a letter is its own claim. */
        private UUID journalClaim() {
            return work.letter() != null ? work.recipient() : work.claim().id();
        }

        @Override
        public void begins() {
            node.journal().begin(journalClaim(), work.recipient());
            begun = true;
            parts.inFlight.begins();
            work.begin();
        }

        @Override
        public void over(Reply reply) {
            open.remove(this);
            if (begun) {
                parts.inFlight.over();
                noteInJournal(reply);
            }
            try {
                parts.traffic.replied(line, work, reply);
            } finally {
                // Whatever fails meanwhile: the reply is known and goes to the ledger.
                record(reply);
            }
        }

        /** On a full disk the ledger has the reply all the same; only a kill before that would make it doubtful. */
        private void noteInJournal(Reply reply) {
            try {
                node.journal().done(journalClaim(), work.recipient(), reply);
            } catch (RuntimeException e) {
                parts.happenings.failed(e, "a reply could not be noted in the mail journal");
            }
        }

        private void record(Reply reply) {
            switch (reply.kind()) {
                case NOT_BEGUN -> notBegun(reply);
                case WITHDRAWN -> settle(work);
                case ACCEPTED -> {
                    work.begin();
                    parts.happenings.sent(parts.now());
                    outcome(reply);
                }
                default -> {
                    work.begin();
                    parts.happenings.refused(reply.text());
                    outcome(reply);
                }
            }
        }

        private void outcome(Reply reply) {
            parts.recording.add(
                    Verdict.on(work, reply, line.server().label(), parts.now(), parts.settings, parts.machine));
        }

        private void notBegun(Reply reply) {
            work.notBegun();
            parts.happenings.refused(reply.text());
            boolean stopping = parts.lifetime.stopping();
            if (work.connectionBroke() < BROKEN_CONNECTIONS_AT_MOST && !stopping) {
                parts.traffic.putBack(work);
                sleep(100);
            } else {
                outcome(stopping ? reply : new Reply(Reply.Kind.DEFERRED, reply.text()));
            }
        }

        /** The conversation ended by an exception before this was over. */
        void abandoned() {
            if (begun) {
                over(new Reply(Reply.Kind.DOUBTFUL, "failed after the content"));
            } else {
                open.remove(this);
                parts.traffic.putBack(work);
            }
        }
    }
}
