package org.tidings.mail.internal.machine;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the engine asks of the machine that it runs on, besides files ({@link Disk}) and the time of day ({@link
 * java.time.Clock}): how much time passed, rest, turns, chance. One seam, so that the simulator of the tests can be the machine:
 * whatever waits, waits here, and whatever is left to chance is asked here.
 */
public interface Machine {

    /** The one that the process runs on. */
    Machine REAL = new Real();

    /** As {@link System#nanoTime}: only differences count. */
    long nanos();

    void sleep(long millis) throws InterruptedException;

    /**
     * A new lock. Wherever a thread may wait, for another or for the database, while it keeps the others out, it is one of these
     * and no monitor; they and their conditions are used for nothing but {@code lock}, {@code unlock}, {@code await}, {@code
     * awaitNanos} and {@code signal}.
     */
    Lock lock();

    /** Waits for a thread's end, at least a millisecond. @return whether it has ended */
    boolean awaitEnd(Thread thread, long millis) throws InterruptedException;

    /** A new id that is greater than those made a millisecond ago (RFC 9562, version 7). */
    UUID newId();

    /** At random, 0 to {@code most}, both included. */
    long upTo(long most);

    /** So many threads can compute at the same time. */
    int processors();

    /** What the others know this machine by. */
    String hostName();

    /** The JVM's. */
    class Real implements Machine {
        private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }

        @Override
        public Lock lock() {
            return new ReentrantLock();
        }

        @Override
        public boolean awaitEnd(Thread thread, long millis) throws InterruptedException {
            thread.join(Math.max(1, millis));
            return !thread.isAlive();
        }

        @Override
        public UUID newId() {
            return ids.generate();
        }

        @Override
        public long upTo(long most) {
            return ThreadLocalRandom.current().nextLong(most + 1);
        }

        @Override
        public int processors() {
            return Runtime.getRuntime().availableProcessors();
        }

        @Override
        public String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }
}
