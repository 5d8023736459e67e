package org.tidings.mail.internal.traffic.shaping;

/**
 * At most so many a second, evenly. Where that is less than one a second it begins with a wait, so that a restart gives nobody a
 * mail more. Guarded by its owner.
 */
final class Throttle {

    /** So much of unused time may be caught up with. */
    private static final long CATCH_UP_NANOS = 100_000_000L;

    private static final long SLOW_NANOS = 1_000_000_000L;

    private double perSecond;
    private long nextAt;

    /** @param perSecond 0 for no limit */
    Throttle(double perSecond, long now) {
        this.perSecond = perSecond;
        this.nextAt = firstAfter(now);
    }

    private long firstAfter(long now) {
        return interval() > SLOW_NANOS ? now + interval() : now;
    }

    private long interval() {
        return perSecond <= 0 ? 0 : (long) (1_000_000_000L / perSecond);
    }

    /** Changes the rate; the wait that is running becomes that of the new rate. */
    void perSecond(double changed, long now) {
        if (changed != perSecond) {
            perSecond = changed;
            nextAt = firstAfter(now);
        }
    }

    /** Nanoseconds until the next one may go; 0 for now. */
    long untilNext(long now) {
        return perSecond <= 0 ? 0 : Math.max(0, nextAt - now);
    }

    void use(long now) {
        nextAt = Math.max(nextAt, now - CATCH_UP_NANOS) + interval();
    }
}
