package org.tidings.mail.internal.traffic.shaping;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.settings.ReceivingLimit;

/** One receiver as this node sees it. Guarded by {@link ReceivingTraffic}. */
final class Receiver {

    /** What cannot go for so long goes back to the database, so that nothing is held there in memory. */
    private static final Duration BACK_FOR_AT_LEAST = Duration.ofSeconds(30);

    /** Where there is no limit a second but all connections are taken. */
    private static final int BOOKED_A_SECOND = 100;

    private static final int MOST_AT_HAND = 200;
    private static final int REASONS_AT_MOST = 20;

    private final String name;
    private final ReceivingLimit limit;
    private final Throttle throttle;
    private final LastHour answers = new LastHour();
    private @Nullable Map<String, LastHour> deferrals;
    private @Nullable Restraint restraint;
    /** The last time given out, by mailing. */
    private @Nullable Map<Integer, OffsetDateTime> booked;

    private int onTheirWay;
    private int nodes = 1;
    private long sent;

    Receiver(String name, ReceivingLimit limit, int nodes, long nanos) {
        this.name = name;
        this.limit = limit;
        this.nodes = nodes;
        this.throttle = new Throttle(share(limit.perSecond()), nanos);
    }

    String name() {
        return name;
    }

    ReceivingLimit limit() {
        return limit;
    }

    int onTheirWay() {
        return onTheirWay;
    }

    long sent() {
        return sent;
    }

    private double share(double perSecond) {
        return perSecond / nodes;
    }

    /** What holds now, if anything does. */
    @Nullable
    Restraint restraint(OffsetDateTime now) {
        Restraint known = restraint;
        return known != null && known.holds(now) ? known : null;
    }

    void restrain(Restraint changed, OffsetDateTime now, long nanos) {
        restraint = changed;
        throttle.perSecond(perSecond(now), nanos);
    }

    /** Ends it before its time: turns are given out from now on again. */
    void lift() {
        restraint = null;
        booked = null;
    }

    void nodes(int running) {
        nodes = running;
    }

    private double perSecond(OffsetDateTime now) {
        Restraint known = restraint(now);
        double own = limit.perSecond();
        double spared = known == null ? 0 : known.perMinute() / 60.0;
        return share(own <= 0 || (spared > 0 && spared < own) ? spared : own);
    }

    private int atOnce(OffsetDateTime now) {
        Restraint known = restraint(now);
        int own = limit.atOnce();
        int all = known == null ? own : own == 0 ? known.atOnce() : Math.min(own, known.atOnce());
        // Each node has its part, and none has nothing: what it has claimed must be able to go.
        return all == 0 ? Integer.MAX_VALUE : Math.max(1, all / nodes);
    }

    /** Nanoseconds until a mail may go: 0 for now, {@link Long#MAX_VALUE} while only a reply or the end of a pause can tell. */
    long untilNext(OffsetDateTime now, long nanos) {
        Restraint known = restraint(now);
        if (known != null && known.isPause()) {
            return Long.MAX_VALUE;
        }
        throttle.perSecond(perSecond(now), nanos);
        return throttle.untilNext(nanos);
    }

    boolean full(OffsetDateTime now) {
        return onTheirWay >= atOnce(now);
    }

    /** Mails of one mailing that may be here: two seconds' worth; without any limit as many as are claimed. */
    int room(OffsetDateTime now) {
        if (paused(now)) {
            return 0;
        }
        double perSecond = perSecond(now);
        if (perSecond <= 0 && atOnce(now) == Integer.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        return perSecond <= 0 ? MOST_AT_HAND : (int) Math.max(1, Math.min(MOST_AT_HAND, 2 * perSecond));
    }

    boolean paused(OffsetDateTime now) {
        Restraint known = restraint(now);
        return known != null && known.isPause();
    }

    void began(long nanos) {
        throttle.use(nanos);
        onTheirWay++;
    }

    void ended() {
        onTheirWay--;
    }

    /**
     * A time for a mail that cannot go soon. Times are given out one after the other at the pace of the receiver, so that what
     * comes back finds its turn.
     */
    OffsetDateTime book(int mailing, OffsetDateTime now) {
        OffsetDateTime earliest = now.plus(BACK_FOR_AT_LEAST);
        Map<Integer, OffsetDateTime> times = booked == null ? new HashMap<>() : booked;
        booked = times;
        times.values().removeIf(time -> time.isBefore(now));
        OffsetDateTime last = times.get(mailing);
        OffsetDateTime next = last == null || last.isBefore(earliest) ? earliest : last;
        Restraint known = restraint(now);
        double perSecond = share(limit.perSecond() == 0 ? BOOKED_A_SECOND : limit.perSecond());
        if (known != null && next.isBefore(known.until())) {
            if (known.isPause()) {
                next = known.until();
            } else {
                perSecond = perSecond(now);
            }
        }
        next = next.plusNanos((long) (1_000_000_000L / perSecond));
        times.put(mailing, next);
        return next;
    }

    void answered(long epochSecond) {
        answers.add(epochSecond);
    }

    void accepted() {
        sent++;
    }

    /** Counts a deferral; whether the same has come five times within the hour and is more than a tenth of all answers. */
    boolean deferred(String reason, long epochSecond) {
        Map<String, LastHour> known = deferrals == null ? new HashMap<>() : deferrals;
        deferrals = known;
        if (known.size() >= REASONS_AT_MOST && !known.containsKey(reason)) {
            known.values().removeIf(hour -> hour.count(epochSecond) == 0);
            if (known.size() >= REASONS_AT_MOST) {
                return false;
            }
        }
        LastHour hour = known.computeIfAbsent(reason, r -> new LastHour());
        hour.add(epochSecond);
        int same = hour.count(epochSecond);
        if (same < 5 || same * 10 < answers.count(epochSecond)) {
            return false;
        }
        known.remove(reason);
        return true;
    }

    boolean idle(OffsetDateTime now) {
        return onTheirWay == 0 && restraint(now) == null;
    }
}
