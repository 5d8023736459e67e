package org.tidings.mail.internal.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A bounded queue on the locks of a {@link Machine}. For any number of threads. */
public final class Buffer<T> {

    private final int atMost;
    private final Deque<T> all = new ArrayDeque<>();
    private final Lock lock;
    private final Condition notEmpty;
    private final Condition notFull;

    /** @param atMost so many fit in */
    public Buffer(int atMost, Machine machine) {
        this.atMost = atMost;
        this.lock = machine.lock();
        this.notEmpty = lock.newCondition();
        this.notFull = lock.newCondition();
    }

    /** @param waitNanos so long it waits for room; 0 for not at all. @return false when there was none */
    public boolean offer(T one, long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = waitNanos;
            while (all.size() >= atMost) {
                if (left <= 0) {
                    return false;
                }
                left = notFull.awaitNanos(left);
            }
            all.addLast(one);
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @param waitNanos so long it waits for one; 0 for not at all. @return null when there was none */
    public @Nullable T poll(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = waitNanos;
            while (all.isEmpty()) {
                if (left <= 0) {
                    return null;
                }
                left = notEmpty.awaitNanos(left);
            }
            notFull.signal();
            return all.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    public void clear() {
        lock.lock();
        try {
            all.clear();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
