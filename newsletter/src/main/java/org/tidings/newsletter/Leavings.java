package org.tidings.newsletter;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/** Why people leave, in numbers that lead to nobody. */
public interface Leavings {

    /** Fewer of one month are not told. */
    int FEWEST = 5;

    /** @param people by reason; empty where they are fewer than {@link #FEWEST} together */
    record Month(YearMonth month, Map<LeavingReason, Long> people) {}

    /** The newest first; at most two years. */
    List<Month> of(NewsletterId newsletter);
}
