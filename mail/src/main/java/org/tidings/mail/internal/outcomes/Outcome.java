package org.tidings.mail.internal.outcomes;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.Work;

/**
 * What became of one {@link Work}.
 *
 * @param skipped only with {@link Kind#SKIPPED}
 * @param nextTry for what is not over
 */
public record Outcome(
        Work work,
        Kind kind,
        @Nullable SkipReason skipped,
        Reply reply,
        String server,
        OffsetDateTime at,
        OffsetDateTime nextTry) {

    public enum Kind {
        HANDED_OVER,
        FAILED,
        SKIPPED,
        DEFERRED,
        DOUBTFUL,
        /** Not begun: it waits as if it had not been claimed. */
        PUT_BACK;

        public boolean isFinal() {
            return this == HANDED_OVER || this == FAILED || this == SKIPPED;
        }
    }

    public boolean everDoubtful() {
        return work.everDoubtful() || kind == Kind.DOUBTFUL;
    }

    public int attempts() {
        boolean tried = kind != Kind.PUT_BACK && kind != Kind.SKIPPED;
        return work.attempts() + (tried ? 1 : 0);
    }
}
