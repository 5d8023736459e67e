package org.tidings.mail.internal.machine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does something every few seconds on a thread of its own, whether it succeeded the last time or not. It is not interrupted: that would
 * close the embedded database under it.
 */
public final class Pulse {

    private static final Logger LOG = Logger.getLogger(Pulse.class.getName());

    private static final long LONGEST_WAIT_MILLIS = 3_000;

    private final String name;
    private final Duration every;
    private final Runnable beat;
    private final ThreadFactory threads;
    private @Nullable Thread thread;
    private boolean stopped;

    /** @param name of the thread */
    public Pulse(String name, Duration every, Runnable beat, ThreadFactory threads) {
        this.name = name;
        this.every = every;
        this.beat = beat;
        this.threads = threads;
    }

    public Pulse start() {
        Thread made = threads.newThread(this::run);
        if (made == null) {
            throw new IllegalStateException("no thread for " + name);
        }
        made.setName(name);
        made.start();
        thread = made;
        return this;
    }

    /** Waits a moment for what is being done; a database that is away may keep it longer. */
    public void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        try {
            running.join(LONGEST_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean failed = false;
        while (true) {
            try {
                if (isStoppedWithin(every)) {
                    return;
                }
                beat.run();
                failed = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!failed) {
                    LOG.log(Level.WARNING, name + " failed; tried again and again", e);
                }
                failed = true;
            }
        }
    }

    private synchronized boolean isStoppedWithin(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); !stopped && left > 0; left = until - System.nanoTime()) {
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
        return stopped;
    }
}
