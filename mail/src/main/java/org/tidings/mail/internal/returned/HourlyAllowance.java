package org.tidings.mail.internal.returned;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** So many mails and bytes an hour, on this node. Thread-safe. */
public final class HourlyAllowance {

    private static final Duration HOUR = Duration.ofHours(1);

    private final int mailsAtMost;
    private final long bytesAtMost;
    private final Clock clock;
    private Instant since;
    private int mails;
    private long bytes;

    public HourlyAllowance(int mailsAtMost, long bytesAtMost, Clock clock) {
        this.mailsAtMost = mailsAtMost;
        this.bytesAtMost = bytesAtMost;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** Whether nothing more is left of it, however small. */
    public synchronized boolean isUsedUp() {
        return !leaves(1);
    }

    /** Counts a mail, if there is room for it. */
    public synchronized boolean take(int length) {
        if (!leaves(length)) {
            return false;
        }
        mails++;
        bytes += length;
        return true;
    }

    private boolean leaves(int length) {
        Instant now = clock.instant();
        if (!now.isBefore(since.plus(HOUR))) {
            since = now;
            mails = 0;
            bytes = 0;
        }
        return mails < mailsAtMost && bytes + length <= bytesAtMost;
    }
}
