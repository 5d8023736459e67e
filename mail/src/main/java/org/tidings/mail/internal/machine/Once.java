package org.tidings.mail.internal.machine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Something that happens once and is waited for, on the locks of a {@link Machine}. For any number of threads. */
public final class Once {

    private final Lock lock;
    private final Condition now;
    private volatile boolean happened;

    public Once(Machine machine) {
        lock = machine.lock();
        now = lock.newCondition();
    }

    public void happens() {
        lock.lock();
        try {
            happened = true;
            now.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean happened() {
        return happened;
    }

    /** Waits for it. @return false when it did not happen so soon */
    public boolean happensWithin(long millis) throws InterruptedException {
        long left = millis * 1_000_000L;
        lock.lock();
        try {
            while (!happened && left > 0) {
                left = now.awaitNanos(left);
            }
            return happened;
        } finally {
            lock.unlock();
        }
    }
}
