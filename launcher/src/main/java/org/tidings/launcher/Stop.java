package org.tidings.launcher;

import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Who asks once gets an orderly end, who asks again gets it at once.
 *
 * <p>One request often comes several times: {@code timeout} and systemd signal a whole group of processes besides the one that
 * passes it on. So the guardian's word never counts as another request, and a signal only a second after the first.
 */
final class Stop {

    private static final long ANOTHER_REQUEST_NANOS = 1_000_000_000L;

    private final IntConsumer orderly;
    private final IntConsumer atOnce;
    private final LongSupplier nanos;
    private boolean asked;
    private long askedAt;

    /**
     * @param orderly told the signal's number, once, in the asking thread
     * @param atOnce told the number of a signal that came again
     */
    Stop(IntConsumer orderly, IntConsumer atOnce) {
        this(orderly, atOnce, System::nanoTime);
    }

    Stop(IntConsumer orderly, IntConsumer atOnce, LongSupplier nanos) {
        this.orderly = orderly;
        this.atOnce = atOnce;
        this.nanos = nanos;
    }

    /** A signal came. */
    void signalled(int signal) {
        if (first()) {
            orderly.accept(signal);
        } else if (nanos.getAsLong() - sinceWhen() >= ANOTHER_REQUEST_NANOS) {
            atOnce.accept(signal);
        }
    }

    /** The guardian passes a signal on. */
    void passedOn(int signal) {
        if (first()) {
            orderly.accept(signal);
        }
    }

    private synchronized boolean first() {
        if (asked) {
            return false;
        }
        asked = true;
        askedAt = nanos.getAsLong();
        return true;
    }

    private synchronized long sinceWhen() {
        return askedAt;
    }
}
