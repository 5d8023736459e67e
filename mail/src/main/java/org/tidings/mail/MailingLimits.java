package org.tidings.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * What one mailing keeps to, beside the limits of servers and receivers. Kept with the mailing: it holds after a restart and for
 * all nodes together.
 *
 * @param spread the mails go evenly over so long, hours that are closed not counted; zero to 48 hours, zero for as fast as
 *     possible
 * @param perSecond mails a second at most, 0 to 10,000, 0 for no limit
 * @param hours when on each day mails are sent, in the recipient's zone where it is known, else in the site's; empty for always
 */
public record MailingLimits(Duration spread, int perSecond, Optional<SendingHours> hours) {

    public static final Duration LONGEST_SPREAD = Duration.ofDays(2);
    public static final int MOST_PER_SECOND = 10_000;

    /** As fast as servers and receivers allow. */
    public static final MailingLimits NONE = new MailingLimits(Duration.ZERO, 0, Optional.empty());

    /** @throws IllegalArgumentException if a figure is out of its range */
    public MailingLimits {
        if (spread.isNegative() || spread.compareTo(LONGEST_SPREAD) > 0) {
            throw new IllegalArgumentException("spread must be 0 to 48 hours");
        }
        if (perSecond < 0 || perSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException("per second must be 0 to 10,000");
        }
    }

    /** Whether there is no limit at all. */
    public boolean none() {
        return equals(NONE);
    }

    /** Days that it takes longer than without limits, so that nothing expires that only waits for its turn. */
    public int days() {
        Duration day = hours.map(h -> Duration.between(h.from(), h.until())).orElse(Duration.ofDays(1));
        long whole = spread.toSeconds() / day.toSeconds();
        return (int) (spread.toSeconds() % day.toSeconds() == 0 ? whole : whole + 1);
    }
}
