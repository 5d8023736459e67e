package org.tidings.mail.internal.simulation;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.replies.ReplyClassifier.Stage;
import org.tidings.mail.internal.smtp.Relay;

/**
 * The mail server of a world, at the other end of the conversation that {@code SmtpConversation} holds: in the same order it asks, says
 * that the content goes out, and tells what became of it. Each step is a breath, in which the process may die.
 */
final class SimulatedRelay {

    private final World world;
    private final Chance chance;
    private final Witness witness;
    private final SimulatedProcess network;
    private final long patienceNanos;

    /** So many of a thousand connections are not taken; of recipients, refused; of contents, not answered as they should be. */
    int connectionsFail;

    int recipientsRefused;
    int contentsFail;
    long slowestMillis = 20;
    /** Nothing is taken and nothing answered. */
    boolean away;

    private static final List<String> REFUSALS = List.of(
            "550 5.1.1 no such user",
            "550 5.7.1 refused by policy",
            "552 5.2.2 mailbox full",
            "451 4.7.1 greylisted, come again",
            "452 4.2.2 mailbox full, come again",
            "450 4.2.1 busy, come again",
            "421 4.3.2 shutting down");

    private static final List<String> ANSWERS = List.of(
            "554 5.7.1 looks like spam",
            "550 5.1.1 no such user",
            "451 4.3.0 come again",
            "452 4.3.1 no room, come again",
            "421 4.3.2 shutting down");

    /** @param patienceNanos so long a client waits for the answer to a content */
    SimulatedRelay(World world, Witness witness, SimulatedProcess network, long patienceNanos) {
        this.world = world;
        this.chance = world.chance().split();
        this.witness = witness;
        this.network = network;
        this.patienceNanos = patienceNanos;
    }

    /** From then on it takes everything. */
    void recover() {
        connectionsFail = 0;
        recipientsRefused = 0;
        contentsFail = 0;
        away = false;
        slowestMillis = 20;
    }

    Relay seenFrom(SimulatedProcess process, int mailsPerConnection, boolean pipelining) {
        return new Relay() {
            @Override
            public Connection connect() throws NotConnected {
                world.breathe();
                world.sleep(chance.nanos(0, slowestMillis));
                if (away || chance.perMille(connectionsFail)) {
                    world.note("server takes no connection", "");
                    throw new NotConnected(Reason.UNKNOWN, "simulated: connection refused");
                }
                return new Conversation(process, mailsPerConnection, pipelining);
            }

            @Override
            public String label() {
                return "mail.example.org";
            }
        };
    }

    /** The connection is gone. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken() {
            super("simulated", null, false, false);
        }
    }

    private final class Conversation implements Relay.Connection {
        private final SimulatedProcess client;
        private final int mailsPerConnection;
        private final boolean pipelining;
        private boolean usable = true;
        private int mails;

        Conversation(SimulatedProcess client, int mailsPerConnection, boolean pipelining) {
            this.client = client;
            this.mailsPerConnection = mailsPerConnection;
            this.pipelining = pipelining;
        }

        @Override
        public boolean usable() {
            return usable && mails < mailsPerConnection;
        }

        @Override
        public void send(Relay.Handover first, Supplier<Relay.@Nullable Handover> more) {
            boolean orderly = false;
            try {
                Relay.Handover mail = first;
                boolean announced = false;
                while (mail != null) {
                    mail = exchange(mail, announced, more);
                    announced = true;
                }
                orderly = true;
            } finally {
                usable &= orderly;
            }
        }

        private Relay.@Nullable Handover exchange(
                Relay.Handover mail, boolean announced, Supplier<Relay.@Nullable Handover> more) {
            Relay.Handover next = null;
            boolean begun = false;
            Reply reply;
            mails++;
            try {
                Reply refused = announced ? answers(mail) : announce(mail);
                if (refused != null) {
                    reply = refused;
                } else {
                    next = mail.mayBegin() ? inTheSameBreath(more) : null;
                    if (mail.mayBegin()) {
                        mail.begins();
                        begun = true;
                        witness.begins(client, mail);
                        reply = content(mail);
                    } else {
                        usable = false;
                        reply = new Reply(Reply.Kind.WITHDRAWN, "");
                    }
                }
            } catch (Broken e) {
                usable = false;
                reply = begun
                        ? Reply.broken(Reply.Kind.DOUBTFUL, Diagnostic.Why.BROKE_AFTER_CONTENT, "simulated")
                        : Reply.broken(Reply.Kind.NOT_BEGUN, Diagnostic.Why.BROKE, "simulated");
            }
            world.note(reply.text(), mail.envelope().recipient());
            mail.over(reply);
            if (begun) {
                witness.noted(mail, reply);
            }
            if (next != null && !usable) {
                next.over(
                        new Reply(Reply.Kind.NOT_BEGUN, "the connection ended with the mail before: " + reply.text()));
                return null;
            }
            return next;
        }

        private Relay.@Nullable Handover inTheSameBreath(Supplier<Relay.@Nullable Handover> more) {
            if (!pipelining || !usable()) {
                return null;
            }
            Relay.Handover next = more.get();
            if (next == null) {
                return null;
            }
            if (!next.mayBegin()) {
                next.over(new Reply(Reply.Kind.WITHDRAWN, ""));
                return null;
            }
            return next;
        }

        private @Nullable Reply announce(Relay.Handover mail) throws Broken {
            return mail.mayBegin() ? answers(mail) : new Reply(Reply.Kind.WITHDRAWN, "");
        }

        private void moment() throws Broken {
            world.breathe();
            world.sleep(chance.nanos(0, slowestMillis));
            if (away) {
                throw new Broken();
            }
        }

        /** To MAIL, RCPT and DATA. */
        private @Nullable Reply answers(Relay.Handover mail) throws Broken {
            moment();
            if (!chance.perMille(recipientsRefused)) {
                return null;
            }
            if (chance.percent(20)) {
                throw new Broken();
            }
            String refusal = chance.oneOf(REFUSALS);
            witness.refused(mail, refusal);
            Reply reply = Reply.of(Stage.RCPT, Integer.parseInt(refusal.substring(0, 3)), refusal, mail.envelope());
            usable &= reply.kind() != Reply.Kind.NOT_BEGUN;
            return reply;
        }

        private Reply content(Relay.Handover mail) throws Broken {
            world.breathe();
            boolean fails = chance.perMille(contentsFail);
            int how = fails ? chance.between(0, 5) : -1;
            if (how == 0) {
                throw new Broken(); // before the last dot
            }
            moment();
            if (how == 1) {
                return answered(mail, chance.oneOf(ANSWERS));
            }
            if (how == 2) {
                // It has it, and takes so long that nobody hears about it (RFC 1047).
                Thread taking = world.thread(network, () -> {
                    world.sleep(chance.nanos(0, 2 * patienceNanos / 1_000_000L));
                    witness.taken(client, mail);
                });
                taking.setName("slow server");
                taking.start();
                world.sleep(patienceNanos);
                throw new Broken();
            }
            if (how == 3) {
                world.sleep(patienceNanos);
                throw new Broken();
            }
            witness.taken(client, mail);
            moment();
            if (how >= 4) {
                throw new Broken();
            }
            return answered(mail, "250 2.0.0 Ok: queued as " + Long.toString(world.now() / 1000, 36));
        }

        private Reply answered(Relay.Handover mail, String words) {
            int code = Integer.parseInt(words.substring(0, 3));
            Reply reply = Reply.of(Stage.CONTENT, code, words, mail.envelope());
            if (code >= 400) {
                witness.refused(mail, words);
            }
            if (reply.kind() == Reply.Kind.NOT_BEGUN) {
                usable = false;
                return reply.as(Reply.Kind.DEFERRED);
            }
            return reply;
        }

        @Override
        public void close() {
            usable = false;
        }
    }
}
