package org.tidings.mail.internal;

import java.time.Clock;
import java.util.Map;
import org.tidings.mail.MailingState;

/**
 * The last word before a mail begins: staff have not stopped it, this node still counts, and the person may be written to, all
 * of it as read a moment ago.
 */
final class Controls {

    /** So old may the knowledge be that a person may be written to. An opt-out counts within a second. */
    static final long STANDING_NANOS = 550_000_000L;

    private static final long STANDING_READ_NANOS = 200_000_000L;
    /** Without news from the database for so long nothing is begun. */
    private static final long STALE_NANOS = 1_500_000_000L;

    private final MailingBook mailings;
    private final Membership membership;
    private final Clock clock;
    private volatile Known known = new Known(Map.of(), true, System.nanoTime() - STALE_NANOS);

    private record Known(Map<Integer, MailingState> states, boolean allStopped, long readAt) {}

    Controls(MailingBook mailings, Membership membership, Clock clock) {
        this.mailings = mailings;
        this.membership = membership;
        this.clock = clock;
    }

    /** Reads what staff decided. */
    void read() {
        long readAt = System.nanoTime();
        known = new Known(mailings.active(), mailings.allStopped(), readAt);
    }

    boolean olderThan(long nanos) {
        return System.nanoTime() - known.readAt() > nanos;
    }

    /** The mailings that something is still to be done for. */
    Map<Integer, MailingState> states() {
        return known.states();
    }

    boolean allStopped() {
        return known.allStopped();
    }

    /** Whether staff let it go, and its time is not over: what waits for a server may wait for long (S07). */
    boolean allow(Work work) {
        RunningMailing mailing = work.claim().mailing();
        Known now = known;
        boolean runs =
                mailing == null || (!now.allStopped() && now.states().get(mailing.number()) == MailingState.RUNNING);
        return runs && clock.instant().isBefore(work.expiresAt().toInstant());
    }

    /** The last word. Reads standing again, for all of the claim, when what is known of it is too old. */
    boolean mayBegin(Work work) {
        Membership.Node node = membership.node();
        if (!node.claims().isOurs(work.claim()) || !allow(work) || olderThan(STALE_NANOS) || !membership.isFresh()) {
            return false;
        }
        if (work.standingIsOlderThan(STANDING_NANOS)) {
            synchronized (work.claim()) {
                if (work.standingIsOlderThan(STANDING_NANOS)) {
                    node.claims().readStandingAgain(work.claim());
                }
            }
        }
        return work.whyNot().isEmpty() && !work.standingIsOlderThan(STANDING_NANOS + STANDING_READ_NANOS);
    }
}
