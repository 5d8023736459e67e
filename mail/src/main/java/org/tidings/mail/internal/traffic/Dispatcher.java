package org.tidings.mail.internal.traffic;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.composing.DeliveryWork;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.RelayPlan;
import org.tidings.mail.internal.smtp.Relay;
import org.tidings.mail.internal.traffic.shaping.Fleet;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers.Leave;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers.Passage;
import org.tidings.site.Now;
import org.tidings.site.Transactions;

/**
 * Lanes, servers and receivers put together. What may not go yet waits here for a moment, apart from what may; what may not go for
 * longer is given back to the database with a time, so that claims stay short and a receiver that takes little costs the others
 * nothing. Account mail is counted and routed, but waits for no limit.
 */
public final class Dispatcher implements Turns {

    /** So long a mail may wait here for its receiver. */
    private static final long WAITS_NANOS = 60_000_000_000L;

    /** So long a mail is left to a line that connects to the same server, and to one that connects to another. */
    private static final long CONNECTS_WITHIN_NANOS = 5_000_000_000L;

    private static final long OTHERS_CONNECT_WITHIN_NANOS = 1_000_000_000L;

    private static final long REPLY_MILLIS = 20;
    private static final int WAITING_AT_MOST = 2_000;
    private static final long SYNCHRONISED_EVERY_NANOS = 1_000_000_000L;
    private static final long TIDIED_EVERY_NANOS = 3_600_000_000_000L;

    private final MailSettings settings;
    private final Clock clock;
    private final Transactions transactions;
    private final IntSupplier nodes;
    private final Fleet fleet;
    private final Optional<SparingReceivers> receiving;
    private final Later later;
    private final Machine machine;
    private final ZoneId zone;
    private final List<Line> lines = new ArrayList<>();
    private final List<Integer> serverOfLine = new ArrayList<>();
    private final List<Usage> usages = new ArrayList<>();

    private final Lanes lanes;
    /** What waits for its receiver, by receiver. */
    private final Map<String, Lanes> held = new LinkedHashMap<>();

    private int heldCount;
    /** What is here of a mailing for a receiver: in a lane or held. */
    private final Map<Share, Integer> here = new HashMap<>();

    private final Map<Work, Passage> onTheirWay = new HashMap<>();
    private long synchronisedAt;
    private long tidiedAt;

    /** A server with its place in the plan. */
    public record PlannedRelay(RelayPlan plan, Relay relay) {}

    /** Gives a work back that goes at another time. It was not tried. */
    @FunctionalInterface
    public interface Later {
        void at(Work work, OffsetDateTime time, String why);
    }

    private record Share(String receiver, int mailing) {}

    private record PutOff(Work work, OffsetDateTime time, String why) {}

    /** Where a line is. */
    private enum Standing {
        NO_CONNECTION,
        /** Told that it is wanted, and not heard of since. */
        CONNECTING,
        /** Connected, and took nothing when it last asked. */
        FREE,
        BUSY
    }

    /** What a line's connection has carried, by receiver. */
    private static final class Usage {
        private Standing standing = Standing.NO_CONNECTION;
        private long since;

        private final Map<String, Integer> carried = new HashMap<>();
        private boolean worn;
    }

    /**
     * @param receiving empty when receivers are not limited
     * @param nodes how many share the limits, this one included; asks the database
     */
    public Dispatcher(
            MailSettings settings,
            Clock clock,
            Transactions transactions,
            IntSupplier nodes,
            List<PlannedRelay> relays,
            Fleet fleet,
            Optional<SparingReceivers> receiving,
            Later later,
            Machine machine) {
        this.settings = settings;
        this.clock = clock;
        this.transactions = transactions;
        this.nodes = nodes;
        this.fleet = fleet;
        this.receiving = receiving;
        this.later = later;
        this.machine = machine;
        this.lanes = new Lanes(machine);
        this.synchronisedAt = machine.nanos() - SYNCHRONISED_EVERY_NANOS;
        this.tidiedAt = synchronisedAt;
        this.zone = settings.zone();
        for (int server = 0; server < relays.size(); server++) {
            RelayPlan plan = relays.get(server).plan();
            boolean both = plan.classes().contains(MessageClass.ACCOUNT)
                    && plan.classes().size() > 1;
            for (int i = 0; i < plan.connections(); i++) {
                boolean accountMailOnly = i == 0 && plan.connections() > 1 && both;
                lines.add(new Line(lines.size(), relays.get(server).relay(), accountMailOnly));
                serverOfLine.add(server);
                usages.add(new Usage());
            }
        }
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }

    private int server(Line line) {
        return serverOfLine.get(line.number());
    }

    private String senderDomain(Work work) {
        return settings.senderDomain(work.messageClass());
    }

    @Override
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    // Coming and going

    @Override
    public List<Work> add(Collection<? extends Work> works) {
        List<Work> taken = new ArrayList<>(works.size());
        List<PutOff> putOff = new ArrayList<>();
        synchronized (this) {
            for (Work work : works) {
                Optional<PutOff> why = hasRoom(work);
                if (why.isPresent()) {
                    putOff.add(why.get());
                } else {
                    taken.add(work);
                }
            }
            lanes.add(taken);
        }
        putOff.forEach(this::giveBack);
        return taken;
    }

    /** Counts it, or says when instead. */
    private Optional<PutOff> hasRoom(Work work) {
        if (receiving.isEmpty()) {
            return Optional.empty();
        }
        work.receiver(receiving.get().receiver(domain(work)));
        if (work.lane() == MessageClass.ACCOUNT) {
            return Optional.empty();
        }
        Share share = share(work);
        int count = here.getOrDefault(share, 0);
        if (count >= receiving.get().roomFor(work.receiver())) {
            return Optional.of(put(work, receiving.get()));
        }
        here.put(share, count + 1);
        return Optional.empty();
    }

    private static String domain(Work work) {
        String canonical = work.address().canonical();
        return canonical.substring(canonical.lastIndexOf('@') + 1);
    }

    private static Share share(Work work) {
        return new Share(work.receiver(), work.mailingNumber());
    }

    private static PutOff put(Work work, SparingReceivers by) {
        return new PutOff(
                work, by.book(work.receiver(), work.mailingNumber()), Why.TURN.kept() + " " + work.receiver());
    }

    private void giveBack(PutOff one) {
        later.at(one.work(), one.time(), one.why());
    }

    /** It is not here any more. */
    private void left(Work work) {
        if (receiving.isPresent() && work.lane() != MessageClass.ACCOUNT) {
            here.computeIfPresent(share(work), (share, count) -> count > 1 ? count - 1 : null);
        }
    }

    @Override
    public synchronized List<Work> remove(Predicate<Work> which) {
        List<Work> removed = lanes.remove(which);
        for (Lanes waiting : held.values()) {
            List<Work> some = waiting.remove(which);
            heldCount -= some.size();
            removed.addAll(some);
        }
        held.values().removeIf(Lanes::isEmpty);
        removed.forEach(this::left);
        return removed;
    }

    @Override
    public int waiting(MessageClass lane, int mailing) {
        return lanes.waiting(lane, mailing);
    }

    @Override
    public void lowWater(int size) {
        lanes.lowWater(size);
    }

    @Override
    public void awaitChange(long millis) throws InterruptedException {
        lanes.awaitChange(millis);
    }

    @Override
    public void wake() {
        lanes.wake();
    }

    @Override
    public void synchronise() {
        long now = machine.nanos();
        if (now - synchronisedAt < SYNCHRONISED_EVERY_NANOS) {
            return;
        }
        int running = nodes.getAsInt();
        fleet.nodes(running);
        if (receiving.isPresent()) {
            receiving.get().synchronise(running, work -> transactions.run(work::run));
            if (now - tidiedAt >= TIDIED_EVERY_NANOS) {
                transactions.run(() -> receiving.get().forgetOld());
                tidiedAt = now;
            }
            giveBackWhatWaitsTooLong(receiving.get());
        }
        synchronisedAt = now;
    }

    private void giveBackWhatWaitsTooLong(SparingReceivers by) {
        long now = machine.nanos();
        List<PutOff> putOff = new ArrayList<>();
        synchronized (this) {
            for (Map.Entry<String, Lanes> entry : held.entrySet()) {
                boolean all = by.ask(entry.getKey()) == Leave.LATER;
                for (Work work : entry.getValue().remove(w -> all || now - w.waitsSince() > WAITS_NANOS)) {
                    heldCount--;
                    left(work);
                    putOff.add(put(work, by));
                }
            }
            held.values().removeIf(Lanes::isEmpty);
        }
        putOff.forEach(this::giveBack);
    }

    // Taking

    @Override
    public synchronized boolean wants(Line line) {
        Usage usage = usages.get(line.number());
        boolean connected = usage.standing == Standing.FREE || usage.standing == Standing.BUSY;
        if (!connected) {
            // Who asks is not connecting.
            usage.standing = Standing.NO_CONNECTION;
        }
        boolean any = false;
        for (MessageClass lane : MessageClass.values()) {
            boolean looked = lane == MessageClass.ACCOUNT || !line.accountMailOnly();
            any |= looked && waitsFor(line, lane, connected);
        }
        if (!any) {
            fleet.triesNot(server(line), line.number());
        }
        boolean wanted = any && fleet.mayConnect(server(line), line.number());
        if (wanted && !connected) {
            usage.standing = Standing.CONNECTING;
            usage.since = machine.nanos();
        }
        return wanted;
    }

    /** Whether mail waits that is this server's; for a line without a connection, more than the others will take at once. */
    private boolean waitsFor(Line line, MessageClass lane, boolean connected) {
        int server = server(line);
        Predicate<Work> ours = work -> fleet.isFor(server, work.messageClass(), senderDomain(work));
        if (connected) {
            return waiting(lane, ours, 1) > 0;
        }
        Optional<Work> first = first(lane, ours);
        if (first.isEmpty()) {
            return false;
        }
        int ready = 0;
        for (Line other : lines) {
            ready += other.number() != line.number() && isReady(other, lane, server, first.get()) ? 1 : 0;
        }
        return waiting(lane, ours, ready + 1) > ready;
    }

    /** Whether a line will take such a mail in a moment. One that has been connecting for long is not waited for. */
    private boolean isReady(Line other, MessageClass lane, int server, Work work) {
        Usage usage = usages.get(other.number());
        int its = server(other);
        long patience = its == server ? CONNECTS_WITHIN_NANOS : OTHERS_CONNECT_WITHIN_NANOS;
        boolean ready = usage.standing == Standing.FREE
                || (usage.standing == Standing.CONNECTING && machine.nanos() - usage.since < patience);
        return ready
                && (lane == MessageClass.ACCOUNT || !other.accountMailOnly())
                && fleet.mayTake(its, work.messageClass(), senderDomain(work));
    }

    private int waiting(MessageClass lane, Predicate<Work> like, int atMost) {
        int count = lanes.count(lane, like, atMost);
        for (Lanes waiting : held.values()) {
            if (count >= atMost) {
                break;
            }
            count += waiting.count(lane, like, atMost - count);
        }
        return count;
    }

    private Optional<Work> first(MessageClass lane, Predicate<Work> like) {
        return lanes.first(lane, like)
                .or(() -> held.values().stream()
                        .flatMap(waiting -> waiting.first(lane, like).stream())
                        .findFirst());
    }

    @Override
    public @Nullable Work next(Line line) {
        Choosing choosing = new Choosing(line);
        Work work;
        synchronized (this) {
            work = choosing.choose();
            usages.get(line.number()).standing = work == null ? Standing.FREE : Standing.BUSY;
            if (work != null) {
                begins(line, work);
            }
        }
        choosing.putOff.forEach(this::giveBack);
        return work;
    }

    private void begins(Line line, Work work) {
        fleet.took(server(line), work.messageClass(), senderDomain(work));
        left(work);
        if (receiving.isPresent()) {
            onTheirWay.put(work, receiving.get().begin(work.receiver()));
            usages.get(line.number()).carried.merge(work.receiver(), 1, Integer::sum);
        }
    }

    /** One look for the next work of a line. */
    private final class Choosing {
        private final Line line;
        private final int server;
        private final List<PutOff> putOff = new ArrayList<>(0);

        Choosing(Line line) {
            this.line = line;
            this.server = server(line);
        }

        @Nullable
        Work choose() {
            Work account = lanes.take(MessageClass.ACCOUNT, this::choice);
            if (account != null || line.accountMailOnly()) {
                return account;
            }
            for (MessageClass lane : List.of(MessageClass.SERVICE, MessageClass.NEWSLETTER)) {
                Work work = heldFor(lane);
                if (work == null) {
                    work = lanes.take(lane, this::choice);
                }
                if (work != null) {
                    return work;
                }
            }
            return null;
        }

        private @Nullable Work heldFor(MessageClass lane) {
            for (Map.Entry<String, Lanes> entry : held.entrySet()) {
                boolean free = receiving.isPresent() && receiving.get().ask(entry.getKey()) == Leave.GO;
                Work work = free ? entry.getValue().take(lane, this::choiceOfHeld) : null;
                if (work != null) {
                    forgetIfEmpty(entry);
                    return work;
                }
            }
            return null;
        }

        private void forgetIfEmpty(Map.Entry<String, Lanes> entry) {
            if (entry.getValue().isEmpty()) {
                held.remove(entry.getKey());
            }
        }

        private Lanes.Choice choiceOfHeld(Work work) {
            Lanes.Choice choice = fleet.mayTake(server, work.messageClass(), senderDomain(work))
                    ? unlessWorn(work)
                    : Lanes.Choice.LEAVE;
            if (choice != Lanes.Choice.LEAVE) {
                heldCount--;
            }
            return choice;
        }

        private Lanes.Choice choice(Work work) {
            if (!fleet.mayTake(server, work.messageClass(), senderDomain(work))) {
                return Lanes.Choice.LEAVE;
            }
            if (work.lane() == MessageClass.ACCOUNT) {
                return Lanes.Choice.TAKE;
            }
            Optional<OffsetDateTime> opens = opens(work);
            if (opens.isPresent()) {
                left(work);
                putOff.add(new PutOff(work, opens.get(), Why.HOURS.kept()));
                return Lanes.Choice.OUT;
            }
            return receiving.isEmpty() ? Lanes.Choice.TAKE : byReceiver(work, receiving.get());
        }

        private Lanes.Choice byReceiver(Work work, SparingReceivers limits) {
            Leave leave = limits.ask(work.receiver());
            if (leave == Leave.GO) {
                return unlessWorn(work);
            }
            if (leave == Leave.LATER || heldCount >= WAITING_AT_MOST) {
                left(work);
                putOff.add(put(work, limits));
            } else {
                heldCount++;
                work.waitsSince(machine.nanos());
                held.computeIfAbsent(work.receiver(), name -> new Lanes(machine))
                        .add(List.of(work));
            }
            return Lanes.Choice.OUT;
        }

        private Lanes.Choice unlessWorn(Work work) {
            Usage usage = usages.get(line.number());
            int most = receiving
                    .map(limits -> limits.mailsPerConnection(work.receiver()))
                    .orElse(0);
            if (most == 0 || usage.carried.getOrDefault(work.receiver(), 0) < most) {
                return Lanes.Choice.TAKE;
            }
            usage.worn = true;
            return Lanes.Choice.LEAVE;
        }
    }

    /** When its hours begin, if they are over or not there yet. */
    private Optional<OffsetDateTime> opens(Work work) {
        if (!(work instanceof DeliveryWork delivery)
                || delivery.mailing().limits().hours().isEmpty()) {
            return Optional.empty();
        }
        OffsetDateTime now = now();
        return Optional.of(delivery.mailing().opensFor(delivery.addressee(), now, zone))
                .filter(opens -> opens.isAfter(now));
    }

    @Override
    public void await(Line line, long millis) throws InterruptedException {
        if (!hasCarriedEnough(line)) {
            lanes.awaitChange(Math.max(1, Math.min(millis, millisUntilNext(line))));
        }
    }

    private synchronized long millisUntilNext(Line line) {
        long millis = fleet.waitMillis(server(line));
        for (String receiver : held.keySet()) {
            if (receiving.isPresent()) {
                long until = receiving.get().untilNext(receiver) / 1_000_000L;
                // At once means as soon as there is a reply, which wakes all.
                millis = Math.min(millis, until == 0 ? REPLY_MILLIS : until);
            }
        }
        return millis;
    }

    // What became of it

    @Override
    public synchronized void putBack(Work work) {
        withdrawn(work);
        if (receiving.isPresent() && work.lane() != MessageClass.ACCOUNT) {
            here.merge(share(work), 1, Integer::sum);
        }
        lanes.putFirst(work);
    }

    @Override
    public synchronized void withdrawn(Work work) {
        Passage passage = onTheirWay.remove(work);
        if (passage != null) {
            passage.ended();
            wakeTheHeld();
        }
    }

    @Override
    public synchronized void replied(Line line, Work work, Reply reply) {
        int server = server(line);
        Passage passage = onTheirWay.remove(work);
        if (reply.kind() == Reply.Kind.ACCEPTED) {
            fleet.accepted(server);
        } else if (reply.by() != Reply.By.US) {
            fleet.refused(server, reply.text());
        }
        boolean restrained = passage != null && told(passage, reply);
        // SND-02: 421 is the server's goodbye, unless it passes on what the receiver asks for.
        if (reply.kind() == Reply.Kind.NOT_BEGUN && reply.by() != Reply.By.US && !restrained) {
            fleet.failed(server, reply.text());
        }
        wakeTheHeld();
    }

    /** Returns whether the receiver asked for patience. */
    private static boolean told(Passage passage, Reply reply) {
        if (reply.kind() == Reply.Kind.ACCEPTED) {
            passage.accepted();
            return false;
        }
        if (reply.by() == Reply.By.RECEIVER && reply.code() >= 400) {
            return passage.refused(reply.code(), reply.text());
        }
        passage.ended();
        return false;
    }

    private void wakeTheHeld() {
        if (heldCount > 0) {
            lanes.wake();
        }
    }

    @Override
    public synchronized void connected(Line line) {
        fleet.connected(server(line));
        fresh(line);
        usages.get(line.number()).standing = Standing.FREE;
        // The others waited for this one to tell how the server is.
        lanes.wake();
    }

    @Override
    public synchronized void notConnected(Line line, String why, boolean signInRefused) {
        usages.get(line.number()).standing = Standing.NO_CONNECTION;
        if (signInRefused) {
            fleet.signInRefused(server(line), why);
        } else {
            fleet.failed(server(line), why);
        }
    }

    @Override
    public synchronized void disconnected(Line line) {
        fleet.closed(server(line));
        fresh(line);
        usages.get(line.number()).standing = Standing.NO_CONNECTION;
    }

    private void fresh(Line line) {
        Usage usage = usages.get(line.number());
        usage.carried.clear();
        usage.worn = false;
    }

    private synchronized boolean hasCarriedEnough(Line line) {
        return usages.get(line.number()).worn;
    }

    @Override
    public boolean isWorn(Line line) {
        return hasCarriedEnough(line) || fleet.isDown(server(line));
    }
}
