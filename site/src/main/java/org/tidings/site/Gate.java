package org.tidings.site;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what is going on. Once it is closed nothing more gets in, and what is in can be waited for. For any number of threads.
 */
public final class Gate {

    private final Lock lock;
    private final Condition changed;
    private int inside;
    private boolean closed;

    public Gate() {
        this(new ReentrantLock());
    }

    /** @param lock to wait on, nobody else's */
    public Gate(Lock lock) {
        this.lock = lock;
        this.changed = lock.newCondition();
    }

    /**
     * Lets one in; it has to {@link #leave}.
     *
     * @return false when the gate is closed: then it is not in
     */
    public boolean enter() {
        lock.lock();
        try {
            if (!closed) {
                inside++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** One is out again. */
    public void leave() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** How many are in. */
    public int inside() {
        lock.lock();
        try {
            return inside;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is in any more. An interrupt ends the wait, and stays set.
     *
     * @return false when something still was in after so long
     */
    public boolean awaitEmpty(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (inside > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return inside == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return inside == 0;
        } finally {
            lock.unlock();
        }
    }
}
