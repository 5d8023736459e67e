package org.tidings.mail.internal.traffic.shaping;

import java.time.OffsetDateTime;

/**
 * How a receiver is spared for a while, because it asked for it or put off too much (R03). Kept in the database: it outlives a
 * restart and holds for every node.
 *
 * @param atOnce mails on their way at most; 0 together with perMinute: none at all
 * @param perMinute mails a minute at most, over all nodes
 * @param reason the receiver's words, or ours
 */
public record Restraint(
        String receiver, OffsetDateTime since, OffsetDateTime until, int atOnce, int perMinute, String reason) {

    static final int MAX_REASON = 300;

    public Restraint {
        reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    }

    /** Whether nothing goes at all. */
    public boolean isPause() {
        return perMinute == 0;
    }

    boolean holds(OffsetDateTime now) {
        return now.isBefore(until);
    }

    /** Both together: a pause before slowness, the lower figures, the later end. */
    Restraint and(Restraint other) {
        if (isPause() != other.isPause()) {
            return isPause() ? this : other;
        }
        return new Restraint(
                receiver,
                since.isBefore(other.since) ? since : other.since,
                until.isAfter(other.until) ? until : other.until,
                Math.min(atOnce, other.atOnce),
                Math.min(perMinute, other.perMinute),
                until.isAfter(other.until) ? reason : other.reason);
    }
}
