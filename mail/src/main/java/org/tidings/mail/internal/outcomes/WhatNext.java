package org.tidings.mail.internal.outcomes;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.settings.MailSettings;

/** What a reply means for a mail: over, or when next (SND-06, SND-07). */
public final class WhatNext {

    /** So long before the end. */
    private static final Duration LAST_TRY = Duration.ofMinutes(1);

    private static final Duration SOONEST = Duration.ofMinutes(5);

    private WhatNext() {}

    public static Outcome on(
            Work work, Reply reply, String server, OffsetDateTime now, MailSettings settings, Machine machine) {
        return switch (reply.kind()) {
            case ACCEPTED -> outcome(work, Outcome.Kind.HANDED_OVER, null, reply, server, now, now);
            case REFUSED, NOBODY_THERE -> outcome(work, Outcome.Kind.FAILED, null, reply, server, now, now);
            case ADDRESS_NOT_REACHABLE ->
                outcome(work, Outcome.Kind.SKIPPED, SkipReason.ADDRESS_NOT_REACHABLE, reply, server, now, now);
            case NOT_BEGUN, WITHDRAWN -> outcome(work, Outcome.Kind.PUT_BACK, null, reply, server, now, now);
            case DEFERRED, DOUBTFUL -> again(work, reply, server, now, settings, machine);
        };
    }

    /** Up to a tenth more, so that what was put off together does not come back together. */
    private static Duration pause(Duration wait, Machine machine) {
        return wait.plusMillis(machine.upTo(wait.toMillis() / 10));
    }

    /** What would be too old at its next turn is tried once more at its end, if that is not too soon. */
    private static Outcome again(
            Work work, Reply reply, String server, OffsetDateTime now, MailSettings settings, Machine machine) {
        OffsetDateTime next = now.plus(pause(settings.waitAfter(work.messageClass(), work.attempts() + 1), machine));
        boolean doubtful = reply.kind() == Reply.Kind.DOUBTFUL;
        if (!next.isBefore(work.expiresAt()) && !doubtful) {
            OffsetDateTime last = work.expiresAt().minus(LAST_TRY);
            if (last.isAfter(now.plus(SOONEST))) {
                return outcome(work, Outcome.Kind.DEFERRED, null, reply, server, now, last);
            }
            return outcome(
                    work,
                    Outcome.Kind.FAILED,
                    null,
                    new Reply(Reply.Kind.REFUSED, Why.GIVEN_UP, reply.text()),
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
