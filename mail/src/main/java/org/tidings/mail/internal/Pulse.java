package org.tidings.mail.internal;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Leaves a sign of life every two seconds. What a standby lacks of less is not noticed. */
final class Pulse {

    private static final Logger LOG = Logger.getLogger(Pulse.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Runnable beat;
    private final ThreadFactory threads;
    private @Nullable Thread thread;

    Pulse(Runnable beat, ThreadFactory threads) {
        this.beat = beat;
        this.threads = threads;
    }

    void start() {
        Thread made = threads.newThread(this::run);
        if (made == null) {
            throw new IllegalStateException("no thread for signs of life");
        }
        made.setName("mail-pulse");
        made.start();
        thread = made;
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
                Thread.sleep(EVERY.toMillis());
                beat.run();
                failed = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!failed) {
                    LOG.log(Level.WARNING, "no sign of life could be left; tried again", e);
                }
                failed = true;
            }
        }
    }
}
