package org.tidings.mail.internal.traffic.shaping;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.settings.ServerPlan;

/**
 * The mail servers: which may carry what, in which shares, and how they are. Every connection belongs to one server and asks
 * here before it takes a mail.
 *
 * <p>Shares: of servers that may carry the same mail each is given mails by its weight. One that is down, at its limit, or has
 * stood still for two seconds holds nobody up, and does not catch up afterwards.
 */
public final class Fleet {

    private static final long STANDS_STILL_NANOS = 2_000_000_000L;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(15);
    /** Providers lock accounts and ban addresses for sign-ins that fail again and again. */
    private static final Duration FIRST_SIGN_IN_BACKOFF = Duration.ofMinutes(1);

    private static final Duration MAX_SIGN_IN_BACKOFF = Duration.ofMinutes(32);
    /** So many mails may one server be ahead, for each unit of weight: connections take mails in bursts. */
    private static final double AHEAD_AT_MOST = 4;

    private static final int NOBODY = -1;
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final Clock clock;
    private final LongSupplier nanos;
    private final List<Server> servers = new ArrayList<>();
    private final Map<Load, List<Server>> routes = new HashMap<>();
    private int nodes = 1;

    /** What decides the route of a mail. */
    private record Load(MessageClass messageClass, String senderDomain) {}

    private static final class Server {
        private final ServerPlan plan;
        private final Throttle throttle;
        /** Mails taken for each unit of weight; only differences count. */
        private double taken;

        private long lastTaken;
        private int failures;
        /** Sign-ins that the server refused, one after the other. */
        private int refusedSignIns;
        /** The line that tries whether it is back. */
        private int probing = NOBODY;

        private @Nullable OffsetDateTime downSince;
        private @Nullable OffsetDateTime nextTry;
        private @Nullable String lastError;
        private @Nullable OffsetDateTime lastSuccess;
        private int open;
        private long sent;
        private final LastSeconds rate = new LastSeconds();

        Server(ServerPlan plan, long now) {
            this.plan = plan;
            this.throttle = new Throttle(plan.perSecond(), now);
            this.lastTaken = now - STANDS_STILL_NANOS;
        }

        boolean down() {
            return failures > 0;
        }
    }

    /** @param nanos as {@link System#nanoTime} */
    public Fleet(List<ServerPlan> plans, Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        plans.forEach(plan -> servers.add(new Server(plan, nanos.getAsLong())));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** Whether any server carries such mail, whatever state it is in. */
    public synchronized boolean carries(MessageClass messageClass, String senderDomain) {
        return !route(messageClass, senderDomain).isEmpty();
    }

    private List<Server> route(MessageClass messageClass, String senderDomain) {
        return routes.computeIfAbsent(
                new Load(messageClass, senderDomain),
                load -> servers.stream()
                        .filter(server -> server.plan.carries(load.messageClass(), load.senderDomain()))
                        .toList());
    }

    /** Whether such mail is this server's at present, be it up or down: a spare one's only while the others are down. */
    public synchronized boolean isFor(int index, MessageClass messageClass, String senderDomain) {
        Server server = servers.get(index);
        return server.plan.carries(messageClass, senderDomain) && !isSpared(server, route(messageClass, senderDomain));
    }

    private static boolean isSpared(Server server, List<Server> route) {
        return server.plan.weight() == 0 && route.stream().anyMatch(other -> other.plan.weight() > 0 && !other.down());
    }

    /**
     * Whether it is this server's turn to take such a mail now. Account mail does not wait for rates and shares.
     *
     * <p>Changes nothing: {@link #took} does.
     */
    public synchronized boolean mayTake(int index, MessageClass messageClass, String senderDomain) {
        Server server = servers.get(index);
        if (!server.plan.carries(messageClass, senderDomain) || server.down()) {
            return false;
        }
        List<Server> route = route(messageClass, senderDomain);
        boolean alone = route.size() == 1;
        if (isSpared(server, route)) {
            return false;
        }
        if (messageClass == MessageClass.ACCOUNT) {
            return true;
        }
        long now = nanos.getAsLong();
        if (server.throttle.untilNext(now) > 0) {
            return false;
        }
        return alone || !ahead(server, route, now);
    }

    private static boolean ahead(Server server, List<Server> route, long now) {
        for (Server other : route) {
            boolean counts = other != server
                    && !other.down()
                    && other.plan.weight() > 0
                    && other.throttle.untilNext(now) == 0
                    && now - other.lastTaken < STANDS_STILL_NANOS;
            if (counts && server.taken - other.taken >= AHEAD_AT_MOST) {
                return true;
            }
        }
        return false;
    }

    /** The server takes such a mail. */
    public synchronized void took(int index, MessageClass messageClass, String senderDomain) {
        Server server = servers.get(index);
        long now = nanos.getAsLong();
        server.throttle.use(now);
        List<Server> route = route(messageClass, senderDomain);
        if (route.size() > 1) {
            if (now - server.lastTaken >= STANDS_STILL_NANOS) {
                // It was away: it goes on where the others are.
                route.stream()
                        .filter(o -> o != server && now - o.lastTaken < STANDS_STILL_NANOS)
                        .mapToDouble(o -> o.taken)
                        .min()
                        .ifPresent(least -> server.taken = Math.max(server.taken, least));
            }
            server.taken += 1.0 / Math.max(1, server.plan.weight());
        }
        server.lastTaken = now;
    }

    /** Milliseconds after which to look again: until the rate lets a mail go, until a server that is down is tried, or a while. */
    public synchronized long waitMillis(int index) {
        Server server = servers.get(index);
        OffsetDateTime next = server.nextTry;
        if (server.down() && next != null) {
            return Math.max(
                    10,
                    Math.min(LOOK_AGAIN_MILLIS, Duration.between(now(), next).toMillis()));
        }
        long rate = server.throttle.untilNext(nanos.getAsLong());
        return rate > 0 ? rate / 1_000_000L : LOOK_AGAIN_MILLIS;
    }

    // Health

    /**
     * Whether a connection is worth having or may be tried: while none is open by one line at a time, and while a server is down after
     * a wait (S02).
     * Who is told yes, tries, and says what came of it.
     */
    public synchronized boolean mayConnect(int index, int line) {
        Server server = servers.get(index);
        // Where no connection is open, the first one tells how the server is before the others come.
        if (!server.down() && server.open > 0) {
            return true;
        }
        OffsetDateTime next = server.nextTry;
        if ((server.probing != NOBODY && server.probing != line) || (next != null && now().isBefore(next))) {
            return false;
        }
        server.probing = line;
        return true;
    }

    /** Told that the line does not try after all: another one may. */
    public synchronized void triesNot(int index, int line) {
        Server server = servers.get(index);
        if (server.probing == line) {
            server.probing = NOBODY;
        }
    }

    /** Whether no connection came about last, so that only a new one tells how the server is. */
    public synchronized boolean isDown(int index) {
        return servers.get(index).down();
    }

    public synchronized void connected(int index) {
        Server server = servers.get(index);
        server.failures = 0;
        server.refusedSignIns = 0;
        server.probing = NOBODY;
        server.downSince = null;
        server.nextTry = null;
        server.open++;
    }

    public synchronized void closed(int index) {
        servers.get(index).open--;
    }

    /** No connection came about, or the server ended one with 421 for a reason of its own. */
    public synchronized void failed(int index, String error) {
        failed(servers.get(index), error, false);
    }

    /** The server refused our name or secret: each further try counts against us there. */
    public synchronized void signInRefused(int index, String error) {
        failed(servers.get(index), error, true);
    }

    private void failed(Server server, String error, boolean signIn) {
        OffsetDateTime now = now();
        if (server.downSince == null) {
            server.downSince = now;
        }
        // Several connections that fail together are one failure.
        OffsetDateTime next = server.nextTry;
        if (server.probing != NOBODY || next == null || !now.isBefore(next)) {
            server.failures = Math.min(server.failures + 1, 30);
            long millis = FIRST_BACKOFF.toMillis() << Math.min(server.failures - 1, 10);
            Duration wait = Duration.ofMillis(Math.min(millis, MAX_BACKOFF.toMillis()));
            if (signIn) {
                wait = FIRST_SIGN_IN_BACKOFF.multipliedBy(1L << Math.min(server.refusedSignIns++, 5));
                wait = wait.compareTo(MAX_SIGN_IN_BACKOFF) > 0 ? MAX_SIGN_IN_BACKOFF : wait;
            }
            server.nextTry = now.plus(wait);
        }
        server.probing = NOBODY;
        server.lastError = error;
    }

    public synchronized void accepted(int index) {
        Server server = servers.get(index);
        server.sent++;
        server.rate.add(nanos.getAsLong());
        server.lastSuccess = now();
        server.lastError = null;
    }

    /** A reply that was no success, for staff. */
    public synchronized void refused(int index, String error) {
        servers.get(index).lastError = error;
    }

    /** @param running nodes that share the limits, this one included */
    public synchronized void nodes(int running) {
        if (running == nodes) {
            return;
        }
        nodes = Math.max(1, running);
        long now = nanos.getAsLong();
        servers.forEach(server -> server.throttle.perSecond((double) server.plan.perSecond() / nodes, now));
    }

    /**
     * A server as this node sees it.
     *
     * @param downSince empty while it answers
     * @param nextTry when it is tried again
     * @param perSecond mails handed over a second, over the last ten
     * @param sent by this node since it started
     */
    public record State(
            ServerPlan plan,
            Optional<OffsetDateTime> downSince,
            Optional<OffsetDateTime> nextTry,
            Optional<String> lastError,
            Optional<OffsetDateTime> lastSuccess,
            int openConnections,
            double perSecond,
            long sent) {}

    /** In the order in which they were given. */
    public synchronized List<State> states() {
        long now = nanos.getAsLong();
        return servers.stream()
                .map(server -> new State(
                        server.plan,
                        Optional.ofNullable(server.downSince),
                        Optional.ofNullable(server.nextTry),
                        Optional.ofNullable(server.lastError),
                        Optional.ofNullable(server.lastSuccess),
                        server.open,
                        server.rate.perSecond(now),
                        server.sent))
                .toList();
    }
}
