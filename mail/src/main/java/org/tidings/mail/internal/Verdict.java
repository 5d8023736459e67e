package org.tidings.mail.internal;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.SkipReason;

/** What a reply means for a mail: over, or when next (S06, S07). */
final class Verdict {

    private Verdict() {}

    static Outcome on(Work work, Reply reply, String server, OffsetDateTime now, MailSettings settings) {
        return switch (reply.kind()) {
            case ACCEPTED -> outcome(work, Outcome.Kind.HANDED_OVER, null, reply, server, now, now);
            case REFUSED, NOBODY_THERE -> outcome(work, Outcome.Kind.FAILED, null, reply, server, now, now);
            case ADDRESS_NOT_REACHABLE ->
                outcome(work, Outcome.Kind.SKIPPED, SkipReason.ADDRESS_NOT_REACHABLE, reply, server, now, now);
            case NOT_BEGUN, WITHDRAWN -> outcome(work, Outcome.Kind.PUT_BACK, null, reply, server, now, now);
            case DEFERRED, DOUBTFUL -> again(work, reply, server, now, settings);
        };
    }

    private static Outcome again(Work work, Reply reply, String server, OffsetDateTime now, MailSettings settings) {
        Duration wait = settings.waitAfter(work.attempts() + 1);
        // A tenth more or less, so that what was put off together does not come back together.
        long jitter = wait.toMillis() / 10;
        long millis =
                wait.toMillis() + (jitter > 0 ? ThreadLocalRandom.current().nextLong(-jitter, jitter + 1) : 0);
        OffsetDateTime next = now.plus(Duration.ofMillis(millis));
        boolean doubtful = reply.kind() == Reply.Kind.DOUBTFUL;
        if (!next.isBefore(work.expiresAt()) && !doubtful) {
            return outcome(
                    work,
                    Outcome.Kind.FAILED,
                    null,
                    new Reply(Reply.Kind.REFUSED, "given up: " + reply.text()),
                    server,
                    now,
                    now);
        }
        return outcome(work, doubtful ? Outcome.Kind.DOUBTFUL : Outcome.Kind.DEFERRED, null, reply, server, now, next);
    }

    private static Outcome outcome(
            Work work,
            Outcome.Kind kind,
            @Nullable SkipReason skipped,
            Reply reply,
            String server,
            OffsetDateTime at,
            OffsetDateTime next) {
        return new Outcome(work, kind, skipped, reply, server, at, next);
    }
}
