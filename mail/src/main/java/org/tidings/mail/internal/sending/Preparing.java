package org.tidings.mail.internal.sending;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.composing.Composing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;

/**
 * Composes and signs what is claimed ahead of the sockets, on all cores, so that connections only write. At most {@value
 * #KIBIBYTES_AHEAD} KiB are ahead. A connection that comes first composes itself; account mail, which is rare, always does.
 */
final class Preparing {

    static final int KIBIBYTES_AHEAD = 12 * 1024;
    /** What comes when so many wait already is composed by who takes it: where mails stand still, others pass by. */
    private static final int WAITING_AT_MOST = 10_000;

    private final Composing composing;
    private final Lifetime lifetime;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private final Lock lock;
    private final Condition added;
    /** KiB that may still be composed ahead, under a lock of its own: connections give back, whatever the others do. */
    private int room = KIBIBYTES_AHEAD;

    private final Lock roomLock;
    private final Condition roomier;

    Preparing(Composing composing, Lifetime lifetime, Machine machine) {
        this.composing = composing;
        this.lifetime = lifetime;
        this.lock = machine.lock();
        this.added = lock.newCondition();
        this.roomLock = machine.lock();
        this.roomier = roomLock.newCondition();
    }

    /** Will be needed soon. */
    void add(Collection<Work> works) {
        lock.lock();
        try {
            for (Work work : works) {
                if (work.lane() != MessageClass.ACCOUNT && waiting.size() < WAITING_AT_MOST) {
                    waiting.addLast(work);
                }
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One thread's work until the end. */
    void run() {
        while (!lifetime.stopping()) {
            try {
                Work work = next();
                if (work != null) {
                    int length = work.prepare(composing);
                    if (length > 0) {
                        // Afterwards: what is too much ahead by one mail a thread does no harm.
                        takeRoom(kibibytes(length));
                    }
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // woken for nothing, the caller looks again
    private @Nullable Work next() throws InterruptedException {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                added.await(500, TimeUnit.MILLISECONDS);
            }
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void takeRoom(int kibibytes) throws InterruptedException {
        roomLock.lock();
        try {
            while (room < kibibytes) {
                roomier.await();
            }
            room -= kibibytes;
        } finally {
            roomLock.unlock();
        }
    }

    private void giveRoom(int kibibytes) {
        roomLock.lock();
        try {
            room += kibibytes;
            roomier.signalAll();
        } finally {
            roomLock.unlock();
        }
    }

    /**
     * The mail's final bytes, prepared or made now.
     *
     * @throws IllegalArgumentException when its values make no mail
     * @throws Composing.SigningFailed when it cannot be signed
     */
    Composing.Composed take(Work work) {
        Composing.Composed prepared = work.takePrepared();
        if (prepared != null) {
            giveRoom(kibibytes(prepared.content().length));
            if (prepared.isFor(work)) {
                return prepared;
            }
        }
        return composing.compose(work);
    }

    /** Will not be needed. */
    void drop(Work work) {
        Composing.Composed prepared = work.takePrepared();
        if (prepared != null) {
            giveRoom(kibibytes(prepared.content().length));
        }
    }

    private static int kibibytes(int length) {
        return Math.min(KIBIBYTES_AHEAD, length / 1024 + 1);
    }
}
