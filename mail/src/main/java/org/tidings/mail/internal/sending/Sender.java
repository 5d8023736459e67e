package org.tidings.mail.internal.sending;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.Composing;
import org.tidings.mail.internal.composing.Envelope;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.outcomes.WhatNext;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.smtp.Relay;
import org.tidings.mail.internal.traffic.Turns;
import org.tidings.site.Now;

/**
 * One line's connection and the thread that uses it. Takes work, hands it over, says what became of it. Every work that it takes
 * ends in an outcome or goes back to where it came from, whatever happens in between.
 */
final class Sender {

    private static final long IDLE_CONNECTION_NANOS = 5_000_000_000L;
    private static final int BROKEN_CONNECTIONS_AT_MOST = 3;

    private final Turns.Line line;
    private final Parts parts;
    /** Taken and not over. */
    private final List<Try> open = new ArrayList<>(2);

    private Relay.@Nullable Connection connection;

    /** What the senders share. */
    record Parts(
            MailSettings settings,
            Clock clock,
            Turns turns,
            ComposingAhead composingAhead,
            Controls controls,
            Membership membership,
            Recording recording,
            Happenings happenings,
            Lifetime lifetime,
            InFlight inFlight,
            Machine machine) {

        private OffsetDateTime now() {
            return Now.by(clock);
        }

        /** Gives back what is not begun: it waits as if it had not been claimed. */
        void putBack(Work work) {
            composingAhead.drop(work);
            recording.add(WhatNext.on(work, new Reply(Reply.Kind.NOT_BEGUN, ""), "", now(), settings, machine));
        }
    }

    Sender(Turns.Line line, Parts parts) {
        this.line = line;
        this.parts = parts;
    }

    void run() {
        while (!parts.lifetime.stopping()) {
            try {
                if (!parts.turns.wants(line)) {
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
        while (!parts.lifetime.stopping() && !parts.turns.wants(line)) {
            parts.turns.await(line, 500);
            if (connection != null && parts.machine.nanos() - idleSince > IDLE_CONNECTION_NANOS) {
                disconnect();
            }
        }
    }

    private boolean connected() {
        Relay.Connection known = connection;
        if (known != null && known.usable() && !parts.turns.isWorn(line)) {
            return true;
        }
        disconnect();
        try {
            connection = line.relay().connect();
            parts.turns.connected(line);
            return true;
        } catch (Relay.NotConnected e) {
            String why = String.valueOf(e.getMessage());
            parts.happenings.notConnected(e);
            // The work keeps waiting, or goes over another server; no try of it is used up.
            parts.turns.notConnected(line, why, e.reason() == Reason.LOGIN);
            return false;
        } catch (RuntimeException | Error e) {
            parts.turns.notConnected(line, e.getClass().getSimpleName(), false);
            throw e;
        }
    }

    private void disconnect() {
        Relay.Connection known = connection;
        connection = null;
        if (known != null) {
            known.close();
            parts.turns.disconnected(line);
        }
    }

    private void sendWhatMayGo() throws InterruptedException {
        Try first = next();
        Relay.Connection known = connection;
        if (first == null || known == null) {
            parts.turns.await(line, 50);
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
            Work work = parts.turns.next(line);
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
                parts.turns.withdrawn(work);
                settle(work);
                return null;
            }
            Composing.Composed composed;
            try {
                composed = parts.composingAhead.take(work);
            } catch (Composing.SigningFailed e) {
                parts.happenings.failed(e, "a mail cannot be signed; it waits");
                settled = true;
                refusedByUs(work, new Reply(Reply.Kind.DEFERRED, Why.CANNOT_SIGN, String.valueOf(e.getMessage())));
                return null;
            } catch (IllegalArgumentException e) {
                settled = true;
                refusedByUs(work, new Reply(Reply.Kind.REFUSED, Why.NOT_SENT, String.valueOf(e.getMessage())));
                return null;
            } catch (RuntimeException | StackOverflowError e) {
                // Not foreseen; it waits like one that a server put off, so that the others go on.
                parts.happenings.failed(e, "a mail cannot be composed; it waits");
                settled = true;
                refusedByUs(
                        work,
                        new Reply(
                                Reply.Kind.DEFERRED,
                                Why.CANNOT_COMPOSE,
                                e.getClass().getSimpleName()));
                return null;
            }
            Try made = new Try(work, composed);
            open.add(made);
            settled = true;
            return made;
        } finally {
            if (!settled) {
                // Something of ours failed before anything was sent: nothing is lost, somebody tries again.
                parts.turns.putBack(work);
            }
        }
    }

    private void refusedByUs(Work work, Reply reply) {
        parts.turns.withdrawn(work);
        parts.happenings.refused(reply.text());
        parts.recording.add(WhatNext.on(work, reply, "", parts.now(), parts.settings, parts.machine));
    }

    /** Of what must not be begun: skipped with the reason, or given back. */
    private void settle(Work work) {
        Optional<SkipReason> whyNot = work.whyNot();
        if (whyNot.isEmpty()) {
            parts.putBack(work);
            return;
        }
        parts.composingAhead.drop(work);
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
    private final class Try implements Relay.Handover {

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

        @Override
        public void begins() {
            node.journal().begin(work.journalClaim(), work.recipient());
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
                parts.turns.replied(line, work, reply);
            } finally {
                // Whatever fails meanwhile: the reply is known and goes to the ledger.
                record(reply);
            }
        }

        /** On a full disk the ledger has the reply all the same; only a kill before that would make it doubtful. */
        private void noteInJournal(Reply reply) {
            try {
                node.journal().done(work.journalClaim(), work.recipient(), reply);
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
                    WhatNext.on(work, reply, line.relay().label(), parts.now(), parts.settings, parts.machine));
        }

        private void notBegun(Reply reply) {
            work.notBegun();
            parts.happenings.refused(reply.text());
            boolean stopping = parts.lifetime.stopping();
            if (work.connectionBroke() < BROKEN_CONNECTIONS_AT_MOST && !stopping) {
                parts.turns.putBack(work);
                sleep(100);
            } else {
                outcome(stopping ? reply : new Reply(Reply.Kind.DEFERRED, reply.text()));
            }
        }

        /** The conversation ended by an exception before this was over. */
        void abandoned() {
            if (begun) {
                over(new Reply(Reply.Kind.DOUBTFUL, Why.FAILED_AFTER_CONTENT));
            } else {
                open.remove(this);
                parts.turns.putBack(work);
            }
        }
    }
}
