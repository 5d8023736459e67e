package org.tidings.mail.internal.traffic.shaping;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.tidings.mail.MailingLimits;

/**
 * How many recipients of a mailing may be reserved now, so that it keeps to its own limits. Nothing has to be remembered: the
 * pace follows from what is left to send and the time that is left, both from the database, so that a restart, a pause or another
 * node change nothing. For one thread.
 */
public final class MailingPaces {

    private static final long LOOKED_AT_AGAIN_NANOS = 5_000_000_000L;
    /** So much unused time may be caught up with. */
    private static final double BURST_SECONDS = 1;

    private final Clock clock;
    private final LongSupplier nanos;
    private final ZoneId zone;
    private final Map<Integer, Pace> paces = new HashMap<>();

    private static final class Pace {
        private double perSecond;
        private double tokens;
        private long filledAt;
        private long lookedAt;

        void fill(long now) {
            double seconds = (now - filledAt) / 1e9;
            tokens = Math.min(Math.max(1, perSecond * BURST_SECONDS), tokens + perSecond * seconds);
            filledAt = now;
        }
    }

    /**
     * @param zone the site's, in which a spread mailing's open hours are counted
     * @param nanos as {@link System#nanoTime}
     */
    public MailingPaces(Clock clock, LongSupplier nanos, ZoneId zone) {
        this.clock = clock;
        this.nanos = nanos;
        this.zone = zone;
    }

    /**
     * How many may be reserved now.
     *
     * @param start when the mailing began
     * @param toGo asked for now and then: how many are not decided yet
     * @param nodes that share the mailing, this one included
     * @param wanted at most
     */
    public int allowance(
            int mailing, MailingLimits limits, OffsetDateTime start, LongSupplier toGo, int nodes, int wanted) {
        if (limits.spread().isZero() && limits.perSecond() == 0) {
            return wanted;
        }
        long now = nanos.getAsLong();
        Pace pace = paces.get(mailing);
        if (pace == null) {
            pace = new Pace();
            pace.filledAt = now;
            pace.lookedAt = now - LOOKED_AT_AGAIN_NANOS;
            paces.put(mailing, pace);
        }
        if (now - pace.lookedAt >= LOOKED_AT_AGAIN_NANOS) {
            pace.perSecond = perSecond(limits, start, toGo) / nodes;
            pace.lookedAt = now;
        }
        if (pace.perSecond == Double.POSITIVE_INFINITY) {
            return wanted;
        }
        pace.fill(now);
        return (int) Math.min(wanted, pace.tokens);
    }

    /** So many were reserved. What went while there was no limit is nobody's debt. */
    public void reserved(int mailing, int count) {
        Pace pace = paces.get(mailing);
        if (pace != null) {
            pace.tokens = Math.max(0, pace.tokens - count);
        }
    }

    /** Forgets the others. */
    public void retain(Collection<Integer> mailings) {
        paces.keySet().retainAll(mailings);
    }

    private double perSecond(MailingLimits limits, OffsetDateTime start, LongSupplier toGo) {
        double own = limits.perSecond() == 0 ? Double.POSITIVE_INFINITY : limits.perSecond();
        if (limits.spread().isZero()) {
            return own;
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        OffsetDateTime began = start.isBefore(now) ? start : now;
        Duration passed =
                limits.hours().map(hours -> hours.between(began, now, zone)).orElse(Duration.between(began, now));
        double left = limits.spread().minus(passed).toMillis() / 1000.0;
        return left <= 0 ? own : Math.min(own, Math.max(1, toGo.getAsLong()) / left);
    }
}
