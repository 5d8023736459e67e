package org.tidings.mail.internal;

import java.util.function.BooleanSupplier;

/** At most so many mails a second, evenly; shared by all connections. */
final class Pace {

    private final long nanosBetween;
    private long nextAt = System.nanoTime();

    Pace(int perSecond) {
        nanosBetween = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
    }

    /** Waits for this mail's turn, or until told to give up. */
    void await(BooleanSupplier giveUp) {
        if (nanosBetween == 0) {
            return;
        }
        long turn;
        synchronized (this) {
            long now = System.nanoTime();
            // A tenth of a second of unused turns may be caught up with.
            nextAt = Math.max(nextAt, now - 100_000_000L) + nanosBetween;
            turn = nextAt;
        }
        for (long left = turn - System.nanoTime();
                left > 0 && !giveUp.getAsBoolean();
                left = turn - System.nanoTime()) {
            try {
                Thread.sleep(Math.min(50, left / 1_000_000L + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
