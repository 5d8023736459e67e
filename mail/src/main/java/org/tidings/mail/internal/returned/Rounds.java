package org.tidings.mail.internal.returned;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.tidings.site.Gate;

/** The threads that look for returned mail again and again, from the beginning to the end; whoever has brought some wakes them. */
final class Rounds {

    static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = LOOK_EVERY.toMillis();

    private final ThreadFactory threads;
    private final Gate busy = new Gate();
    private volatile boolean running;

    Rounds(ThreadFactory threads) {
        this.threads = threads;
    }

    /** @return false when it has begun before */
    synchronized boolean begin() {
        boolean first = !running;
        running = true;
        return first;
    }

    boolean running() {
        return running;
    }

    synchronized void end() {
        running = false;
        notifyAll();
    }

    /** Waits for what is being done. @return whether it has ended */
    boolean awaitEnd(Duration patience) {
        return busy.awaitEmpty(patience);
    }

    void thread(String name, Runnable work) {
        Thread thread = threads.newThread(() -> busy.pass(work));
        thread.setName(name);
        thread.start();
    }

    synchronized void wake() {
        notifyAll();
    }

    /** A moment, or until woken, or the end. */
    void rest() {
        rest(LOOK_MILLIS);
    }

    /** {@code wake} ends a wait early, and mails come in meanwhile. */
    void rest(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (running && System.nanoTime() < until) {
            rest(Math.max(1, Math.min(LOOK_MILLIS, (until - System.nanoTime()) / 1_000_000)));
        }
    }

    @SuppressWarnings("WaitNotInLoop") // woken for nothing, the caller looks again
    private synchronized void rest(long millis) {
        try {
            if (running) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
