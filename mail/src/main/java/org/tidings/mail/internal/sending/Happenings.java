package org.tidings.mail.internal.sending;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Causes;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.smtp.MailServer;

/** What this process has seen lately, for staff and the log. */
final class Happenings {

    private static final Logger LOG = Logger.getLogger(SendingEngine.class.getName());
    private static final long SAID_AGAIN_AFTER_NANOS = 60_000_000_000L;
    private static final long RAISED_AGAIN_AFTER_NANOS = 30_000_000_000L;

    private final LongAdder sent = new LongAdder();
    private final Map<String, Long> saidAt = new ConcurrentHashMap<>();
    private final Map<Reason, Long> raisedAt = new ConcurrentHashMap<>();
    private final Machine machine;
    private final BiConsumer<Reason, String> alarm;
    private volatile @Nullable String lastError;
    private volatile @Nullable OffsetDateTime lastSuccess;

    /** @param alarm told why a server is not to be had, when that is for us to mend */
    Happenings(Machine machine, BiConsumer<Reason, String> alarm) {
        this.machine = machine;
        this.alarm = alarm;
    }

    void sent(OffsetDateTime at) {
        sent.increment();
        lastSuccess = at;
        lastError = null;
    }

    void refused(String why) {
        lastError = why;
    }

    /** Every connection tries again and again: of the same reason staff hear twice a minute. */
    void notConnected(MailServer.NotConnected why) {
        refused(String.valueOf(why.getMessage()));
        long now = machine.nanos();
        Long before = raisedAt.get(why.reason());
        boolean ours = Causes.CONFIGURATION.contains(why.reason());
        if (ours && (before == null || now - before > RAISED_AGAIN_AFTER_NANOS)) {
            raisedAt.put(why.reason(), now);
            try {
                alarm.accept(why.reason(), String.valueOf(why.getMessage()));
            } catch (RuntimeException e) {
                failed(e, "an alarm could not be kept");
            }
        }
    }

    /** Mails that a server took since the start. */
    long sent() {
        return sent.sum();
    }

    Optional<String> lastError() {
        return Optional.ofNullable(lastError);
    }

    Optional<OffsetDateTime> lastSuccess() {
        return Optional.ofNullable(lastSuccess);
    }

    /** Logs a failure once a minute for each kind: a database that is away says the same thing many times. */
    void failed(Throwable e, String what) {
        long now = machine.nanos();
        Long before = saidAt.get(what);
        if (before == null || now - before > SAID_AGAIN_AFTER_NANOS) {
            saidAt.put(what, now);
            LOG.log(Level.WARNING, what, e);
        }
    }
}
