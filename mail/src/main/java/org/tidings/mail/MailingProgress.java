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
 * @param lastError the newest reason for a deferral or failure, in words for staff
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
        Optional<String> lastError) {}
