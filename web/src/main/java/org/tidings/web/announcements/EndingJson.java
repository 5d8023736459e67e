package org.tidings.web.announcements;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Outcome;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/**
 * How it ended.
 *
 * @param outcome {@code cancelled}, {@code completed}, or {@code longer}
 * @param at RFC 3339; when it was finished, now unless given; until when it takes longer
 * @param tell by mail, with an update; so unless false
 * @param nobodyIsTold confirms that those who were told by mail will not be told of the end
 */
public record EndingJson(
        @Nullable String outcome,
        @Nullable String at,
        @Nullable Boolean tell,
        @Nullable Boolean nobodyIsTold) {

    /** What takes longer is always told. */
    boolean told(Ending ending) {
        return ending.outcome().isEmpty() || !Boolean.FALSE.equals(tell);
    }

    /** @throws Problem naming what cannot be read */
    Ending ending() {
        Optional<OffsetDateTime> time = time();
        return switch (outcome == null ? "" : outcome) {
            case "cancelled" -> Ending.cancelled();
            case "completed" -> new Ending(Optional.of(Outcome.COMPLETED), time);
            case "longer" -> new Ending(Optional.empty(), time);
            default -> throw new Problem(ProblemType.INVALID, List.of(new Violation("/outcome", "not-allowed")));
        };
    }

    private Optional<OffsetDateTime> time() {
        try {
            return Optional.ofNullable(at).map(OffsetDateTime::parse);
        } catch (DateTimeException unreadable) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/at", "not-a-time")));
        }
    }
}
