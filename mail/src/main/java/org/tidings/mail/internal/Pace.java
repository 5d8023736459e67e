package org.tidings.mail.internal;

/** At most so many mails a second, evenly; shared by all connections. */
final class Pace {

    /** So much of unused turns may be caught up with. */
    private static final long CATCH_UP_NANOS = 100_000_000L;

    private final long nanosBetween;
    private long nextAt = System.nanoTime();

    /** @param perSecond 0 for no limit */
    Pace(int perSecond) {
        nanosBetween = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
    }

    /** Takes a turn; false when none is due. */
    synchronized boolean take() {
        if (nanosBetween == 0) {
            return true;
        }
        long now = System.nanoTime();
        if (nextAt - now > 0) {
            return false;
        }
        nextAt = (now - nextAt > CATCH_UP_NANOS ? now - CATCH_UP_NANOS : nextAt) + nanosBetween;
        return true;
    }

    /** How long until the next turn, rounded up; 0 when one is due. */
    synchronized long millisToTurn() {
        long left = nanosBetween == 0 ? 0 : nextAt - System.nanoTime();
        return left <= 0 ? 0 : left / 1_000_000L + 1;
    }
}
