package org.tidings.mail.internal.signing;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.SigningKeys.Found;
import org.tidings.mail.internal.signing.KeyRows.KeyRow;
import org.tidings.site.Jobs;
import org.tidings.site.Now;

/**
 * Keeps the signing keys in memory fresh, and asks DNS for their records: at the start, daily while they are there, more often
 * while they are not. One thread for each, since DNS can be silent for long.
 */
public final class KeyWatch {

    private static final Logger LOG = Logger.getLogger(KeyWatch.class.getName());
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration ASK_PUBLISHED = Duration.ofDays(1);
    private static final Duration ASK_OTHERS = Duration.ofMinutes(10);
    /** Whoever has not published a key for so long does not mean to. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(30);

    private final KeyRing ring;
    private final Clock clock;
    private final ThreadFactory threads;
    private final Runnable refresh;
    private final Runnable ask;
    private @Nullable Thread refreshing;
    private @Nullable Thread asking;
    private volatile boolean stopping;

    public KeyWatch(KeyRing ring, Clock clock, ThreadFactory threads, Jobs jobs) {
        this.ring = ring;
        this.clock = clock;
        this.threads = threads;
        this.refresh = jobs.listed("read-signing-keys", REFRESH_EVERY, ring::refresh);
        this.ask = jobs.listed("ask-for-signing-keys", LOOK_EVERY, this::askDue);
    }

    /** Begins; mails are signed from the moment that this returns. */
    public void start() {
        quietly("reading signing keys", ring::refresh);
        refreshing = run("mail-keys", () -> repeat(REFRESH_EVERY, "reading signing keys", refresh));
        asking = run("mail-dns", () -> {
            quietly("asking DNS for signing keys", this::askAll);
            repeat(LOOK_EVERY, "asking DNS for signing keys", ask);
        });
    }

    public void stop() {
        stopping = true;
        for (Thread thread : new @Nullable Thread[] {refreshing, asking}) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private Thread run(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        if (thread == null) {
            throw new IllegalStateException("no thread for " + name);
        }
        thread.setName(name);
        thread.start();
        return thread;
    }

    private void repeat(Duration every, String what, Runnable work) {
        while (!stopping) {
            try {
                Thread.sleep(every.toMillis());
            } catch (InterruptedException e) {
                return;
            }
            if (!stopping) {
                quietly(what, work);
            }
        }
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, what + " failed; tried again", e);
        }
    }

    /** At the start: a record may have gone while nobody looked. */
    private void askAll() {
        ring.watched().forEach(this::ask);
    }

    private void askDue() {
        OffsetDateTime now = now();
        List<KeyRow> due = ring.watched().stream()
                .filter(row -> isDue(row, now))
                .filter(ring::mayAsk)
                .toList();
        due.forEach(this::ask);
    }

    /** Whether it is time to ask for a key's record. */
    static boolean isDue(KeyRow row, OffsetDateTime now) {
        boolean settled = row.found() == Found.PUBLISHED
                || (row.activeFrom().isEmpty() && now.isAfter(row.createdAt().plus(GIVEN_UP_AFTER)));
        Duration every = settled ? ASK_PUBLISHED : ASK_OTHERS;
        return row.askedAt().map(asked -> !now.isBefore(asked.plus(every))).orElse(true);
    }

    private void ask(KeyRow row) {
        if (stopping) {
            return;
        }
        Found found = ring.ask(row);
        if (found != Found.PUBLISHED && row.signsAt(now())) {
            LOG.log(
                    Level.WARNING,
                    "the record of the DKIM key that signs for {0}, {1}._domainkey.{0}: {2}",
                    new Object[] {row.domain(), row.selector(), found});
        }
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
