package org.tidings.mail.internal.machine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Drops old figures, at the start and every few hours. */
public final class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class.getName());
    public static final Duration EVERY = Duration.ofHours(6);

    private final Runnable work;
    private final ThreadFactory threads;
    private @Nullable Thread thread;

    public Upkeep(Runnable work, ThreadFactory threads) {
        this.work = work;
        this.threads = threads;
    }

    public void start() {
        Thread made = threads.newThread(this::run);
        if (made == null) {
            throw new IllegalStateException("no thread for upkeep");
        }
        made.setName("mail-upkeep");
        made.start();
        thread = made;
    }

    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "old figures could not be dropped; tried again", e);
            }
            try {
                Thread.sleep(EVERY.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
