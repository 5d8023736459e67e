package org.tidings.site;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts what is going on. Once it is closed nothing more gets in, and what is in can be waited for. For any number of threads.
 */
public final class Gate {

    private int inside;
    private boolean closed;

    /**
     * Lets one in; it has to {@link #leave}.
     *
     * @return false when the gate is closed: then it is not in
     */
    public synchronized boolean enter() {
        if (!closed) {
            inside++;
        }
        return !closed;
    }

    /** One is out again. */
    public synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Runs the work inside, or not at all when the gate is closed. */
    public void pass(Runnable work) {
        if (enter()) {
            try {
                work.run();
            } finally {
                leave();
            }
        }
    }

    /** From now on nothing more gets in. */
    public synchronized void close() {
        closed = true;
    }

    /** How many are in. */
    public synchronized int inside() {
        return inside;
    }

    /**
     * Waits until nothing is in any more. An interrupt ends the wait, and stays set.
     *
     * @return false when something still was in after so long
     */
    public synchronized boolean awaitEmpty(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        try {
            while (inside > 0) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inside == 0;
    }
}
