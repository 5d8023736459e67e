package org.tidings.announcements;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How something ended, or that it takes longer.
 *
 * @param outcome empty where it takes longer
 * @param at when it was finished, now unless given; until when it takes longer; not asked for what was cancelled
 */
public record Ending(Optional<Outcome> outcome, Optional<OffsetDateTime> at) {
    public static Ending cancelled() {
        return new Ending(Optional.of(Outcome.CANCELLED), Optional.empty());
    }

    public static Ending completed() {
        return new Ending(Optional.of(Outcome.COMPLETED), Optional.empty());
    }

    public static Ending completed(OffsetDateTime at) {
        return new Ending(Optional.of(Outcome.COMPLETED), Optional.of(at));
    }

    public static Ending longer(OffsetDateTime until) {
        return new Ending(Optional.empty(), Optional.of(until));
    }
}
