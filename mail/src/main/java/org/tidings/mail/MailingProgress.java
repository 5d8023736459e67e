package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A mailing in figures.
 *
 * @param sent handed over to a server
 * @param toGo expected and not yet decided, deferred included
 * @param deferred to be tried again
 * @param doubtful the connection or the process died after the content and before the reply; part of the others
 * @param skipped not written to, by reason
 * @param perSecond handed over a second, over the last ten seconds
 * @param lastError the newest reason for a deferral or failure
 */
public record MailingProgress(
        MailingId mailing,
        MailingState state,
        long expected,
        long sent,
        long toGo,
        long failed,
        long deferred,
        long doubtful,
        Map<SkipReason, Long> skipped,
        double perSecond,
        OffsetDateTime startedAt,
        OffsetDateTime notBefore,
        Optional<OffsetDateTime> finishedAt,
        Optional<Diagnostic> lastError) {

    /** Whether something of it may still go out by itself, or when it is resumed. */
    public boolean live() {
        return state == MailingState.RUNNING || state == MailingState.PAUSED;
    }

    /**
     * About how many {@link Mailings#resendToRest} would try: who has left meanwhile is among them and left out when it is tried; 0
     * while it is live.
     */
    public long rest() {
        if (live()) {
            return 0;
        }
        // Everybody whom a cancelled mailing had not come to is written down as cancelled some time after, the
        // suppressed among them.
        return failed
                + (state == MailingState.CANCELLED
                        ? Math.max(0, expected - sent - failed - of(SkipReason.ADDRESS_NOT_REACHABLE))
                        : of(SkipReason.CANCELLED) + of(SkipReason.EXPIRED));
    }

    private long of(SkipReason reason) {
        return skipped.getOrDefault(reason, 0L);
    }
}
