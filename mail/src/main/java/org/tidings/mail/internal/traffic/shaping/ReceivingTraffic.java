package org.tidings.mail.internal.traffic.shaping;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.replies.ReplyClassifier;
import org.tidings.mail.internal.replies.Verdict;
import org.tidings.mail.internal.settings.ReceivingLimit;
import org.tidings.mail.internal.settings.ReceivingLimits;

/**
 * Limits of receivers, and how they adapt to what receivers reply (R01 to R03). Asked before every mail of a mailing and told
 * every reply; both cost a lookup in memory. Restraints travel by {@link #synchronise}, which the engine calls every second or
 * so: what this node has learned is written, what the others have learned is read.
 *
 * <p>Of several nodes each takes its part of a rate. So nothing has to be counted in the database, and a restart cannot make
 * anybody get more.
 */
public final class ReceivingTraffic {

    /** For so short a time a mail may wait in memory. */
    private static final long WAIT_NANOS = 2_000_000_000L;

    private static final int RECEIVERS_AT_MOST = 20_000;
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration SECOND_PAUSE = Duration.ofHours(2);
    private static final Duration FORGIVEN_AFTER = Duration.ofHours(4);

    private final ReceivingLimits limits;
    private final Receivers receivers;
    private final ReceivingBook book;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Restraint> unwritten = new HashMap<>();
    private final Map<String, OffsetDateTime> pausedBefore = new HashMap<>();
    private int nodes = 1;
    private final Map<String, Receiver> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Receiver> eldest) {
            return size() > RECEIVERS_AT_MOST && eldest.getValue().idle(now());
        }
    };

    /** @param nanos as {@link System#nanoTime} */
    public ReceivingTraffic(
            ReceivingLimits limits, Receivers receivers, ReceivingBook book, Clock clock, LongSupplier nanos) {
        this.limits = limits;
        this.receivers = receivers;
        this.book = book;
        this.clock = clock;
        this.nanos = nanos;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** Whether a mail may go. */
    public enum Leave {
        /** It may, and counts as on its way until its {@link Passage} has ended. */
        GO,
        /** Within two seconds, or as soon as another mail has been answered. */
        WAIT,
        /** Not within two seconds: ask {@link #book} for a time and give it back. */
        LATER
    }

    /** One mail on its way to a receiver. Ends exactly once. */
    public final class Passage {
        private final Receiver to;

        private Passage(Receiver to) {
            this.to = to;
        }

        public String receiver() {
            return to.name();
        }

        /** It did not get as far as the receiver, or nobody knows. */
        public void ended() {
            synchronized (ReceivingTraffic.this) {
                to.ended();
            }
        }

        public void accepted() {
            synchronized (ReceivingTraffic.this) {
                to.ended();
                to.accepted();
                to.answered(clock.instant().getEpochSecond());
            }
        }

        /**
         * A reply of 400 to 599 after the recipient was named.
         *
         * @param text without the recipient's address
         * @return whether the receiver is spared now for what it said
         */
        public boolean refused(int code, String text) {
            synchronized (ReceivingTraffic.this) {
                to.ended();
                to.answered(clock.instant().getEpochSecond());
                return code / 100 == 4 && learn(to, code, text);
            }
        }
    }

    /** What a domain's receiver is called. */
    public String receiver(String domain) {
        return receivers.of(domain);
    }

    /** Whether a mail to this receiver may go now. */
    public synchronized Leave ask(String receiver) {
        Receiver to = of(receiver);
        OffsetDateTime now = now();
        long wait = to.untilNext(now, nanos.getAsLong());
        if (wait == 0 && !to.full(now)) {
            return Leave.GO;
        }
        return wait <= WAIT_NANOS ? Leave.WAIT : Leave.LATER;
    }

    /** Nanoseconds until asking again can bring something; for a receiver whose mails are all on their way, a moment. */
    public synchronized long untilNext(String receiver) {
        return Math.min(WAIT_NANOS, of(receiver).untilNext(now(), nanos.getAsLong()));
    }

    /** Lets a mail go, whatever was said: mail that somebody waits for is counted, not held up. */
    public synchronized Passage begin(String receiver) {
        Receiver to = of(receiver);
        to.untilNext(now(), nanos.getAsLong());
        to.began(nanos.getAsLong());
        return new Passage(to);
    }

    /**
     * A time at which a mail that has to wait longer may try again. Every call gives out another one; each mailing has times of
     * its own, so that a short one does not come behind the whole of a long one.
     */
    public synchronized OffsetDateTime book(String receiver, int mailing) {
        return of(receiver).book(mailing, now());
    }

    /** How many mails of one mailing for this receiver are worth having at hand: two seconds' worth, 0 to 200; without limits all. */
    public synchronized int roomFor(String receiver) {
        return of(receiver).room(now());
    }

    /** After so many mails for this receiver a connection is renewed; 0 for no limit. */
    public synchronized int mailsPerConnection(String receiver) {
        return of(receiver).limit().mailsPerConnection();
    }

    /** Whether nothing may go to this receiver at present. */
    public synchronized boolean paused(String receiver) {
        return of(receiver).paused(now());
    }

    private Receiver of(String receiver) {
        return known.computeIfAbsent(receiver, name -> new Receiver(name, limits.of(name), nodes, nanos.getAsLong()));
    }

    private boolean learn(Receiver from, int code, String text) {
        Optional<ReplyClassifier.Patience> asked = ReplyClassifier.patience(code, text);
        if (asked.isPresent()) {
            ReplyClassifier.Patience patience = asked.get();
            restrain(from, patience.pause(), patience.connections(), patience.perMinute(), text);
            return true;
        }
        Verdict verdict = ReplyClassifier.classify(ReplyClassifier.Stage.RCPT, code, text);
        if (isAboutOneMail(verdict.reason())) {
            return false;
        }
        String what =
                verdict.reason() + " " + verdict.status().map(Object::toString).orElse("");
        if (!from.deferred(what, clock.instant().getEpochSecond())) {
            return false;
        }
        OffsetDateTime before = pausedBefore.put(from.name(), now());
        boolean again = before != null && before.plus(FORGIVEN_AFTER).isAfter(now());
        restrain(from, again ? SECOND_PAUSE : PAUSE, 0, 0, text);
        return true;
    }

    /** Says nothing of what the next mail to the same receiver would meet. */
    private static boolean isAboutOneMail(Reason reason) {
        return switch (reason) {
            case USER_UNKNOWN,
                    MAILBOX_DISABLED,
                    MOVED,
                    OWNER_CHANGED,
                    MAILBOX_FULL,
                    MESSAGE_TOO_LARGE,
                    GREYLISTED,
                    TOO_MANY_RECIPIENTS,
                    UTF8_ADDRESS -> true;
            default -> false;
        };
    }

    private void restrain(Receiver whom, Duration how, int atOnce, int perMinute, String reason) {
        OffsetDateTime now = now();
        Restraint asked = new Restraint(whom.name(), now, now.plus(how), atOnce, perMinute, reason);
        Restraint before = whom.restraint(now);
        Restraint both = before == null ? asked : before.and(asked);
        whom.restrain(both, now, nanos.getAsLong());
        unwritten.put(whom.name(), both);
    }

    /**
     * Writes what was learned and reads what holds. If the transaction fails, the next call tries again.
     *
     * @param running nodes that share the limits, this one included
     * @param transaction runs what it is given in one transaction
     */
    public void synchronise(int running, Consumer<Runnable> transaction) {
        List<Restraint> toWrite;
        synchronized (this) {
            toWrite = List.copyOf(unwritten.values());
        }
        OffsetDateTime now = now();
        List<Restraint> inForce = new ArrayList<>();
        transaction.accept(() -> {
            toWrite.forEach(restraint -> book.keep(restraint, now));
            inForce.addAll(book.inForce(now));
        });
        take(inForce, toWrite, running);
    }

    private synchronized void take(List<Restraint> inForce, List<Restraint> written, int running) {
        written.forEach(one -> unwritten.remove(one.receiver(), one));
        OffsetDateTime now = now();
        Map<String, Restraint> byName = new HashMap<>();
        inForce.forEach(one -> byName.put(one.receiver(), one));
        boolean otherNodes = running != nodes;
        nodes = Math.max(1, running);
        for (Receiver receiver : known.values()) {
            if (otherNodes) {
                receiver.nodes(nodes);
            }
            Restraint holds = byName.get(receiver.name());
            if (unwritten.containsKey(receiver.name())) {
                continue;
            }
            if (holds != null) {
                receiver.restrain(holds, now, nanos.getAsLong());
            } else if (receiver.restraint(now) != null) {
                receiver.lift();
            }
        }
        inForce.stream()
                .filter(one -> !known.containsKey(one.receiver()))
                .forEach(one -> of(one.receiver()).restrain(one, now, nanos.getAsLong()));
    }

    /** Ends a restraint on every node within seconds. Mails already given back keep their time. */
    public void lift(String receiver) {
        synchronized (this) {
            unwritten.remove(receiver);
            Receiver whom = known.get(receiver);
            if (whom != null) {
                whom.lift();
            }
        }
        book.lift(receiver);
    }

    /** Tidies what is over since long. */
    public void forgetOld() {
        book.forgetOld(now());
        synchronized (this) {
            OffsetDateTime now = now();
            pausedBefore.values().removeIf(at -> at.plus(FORGIVEN_AFTER).isBefore(now));
        }
    }

    /**
     * A receiver in figures.
     *
     * @param restraint empty while its usual limit holds
     * @param sent by this node since it started
     */
    public record State(
            String receiver, ReceivingLimit limit, Optional<Restraint> restraint, int onTheirWay, long sent) {}

    /** The spared ones first, then by what was sent; at most so many. */
    public synchronized List<State> states(int limit) {
        OffsetDateTime now = now();
        List<State> states = new ArrayList<>();
        for (Receiver receiver : known.values()) {
            @Nullable Restraint restraint = receiver.restraint(now);
            states.add(new State(
                    receiver.name(),
                    receiver.limit(),
                    Optional.ofNullable(restraint),
                    receiver.onTheirWay(),
                    receiver.sent()));
        }
        states.sort(Comparator.comparing((State s) -> s.restraint().isEmpty())
                .thenComparing(Comparator.comparingLong(State::sent).reversed())
                .thenComparing(State::receiver));
        return states.size() > limit ? List.copyOf(states.subList(0, limit)) : states;
    }
}
