package org.tidings.mail.internal;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does something every few seconds on a thread of its own, whether it succeeded the last time or not. */
final class Pulse {

    private static final Logger LOG = Logger.getLogger(Pulse.class.getName());

    private final String name;
    private final Duration every;
    private final Runnable beat;
    private final ThreadFactory threads;
    private @Nullable Thread thread;

    /** @param name of the thread */
    Pulse(String name, Duration every, Runnable beat, ThreadFactory threads) {
        this.name = name;
        this.every = every;
        this.beat = beat;
        this.threads = threads;
    }

    Pulse start() {
        Thread made = threads.newThread(this::run);
        if (made == null) {
            throw new IllegalStateException("no thread for " + name);
        }
        made.setName(name);
        made.start();
        thread = made;
        return this;
    }

    void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        boolean failed = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(every.toMillis());
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
}
