package org.tidings.mail.internal.sending;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;
import org.tidings.mail.MailingState;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.machine.Machine;

/**
 * The last word before a mail begins: staff have not stopped it, this node still counts, and the person may be written to, all
 * of it as read a moment ago.
 */
final class Controls {

    /** So old may the knowledge be that a person may be written to. An opt-out counts within a second. */
    static final long STANDING_NANOS = 550_000_000L;

    private static final long STANDING_READ_NANOS = 200_000_000L;
    /** Without news from the database for so long nothing is begun: what staff decide counts within a second, too. */
    private static final long STALE_NANOS = 950_000_000L;
    /** Of so many claims standing can be read at the same time. */
    private static final int CLAIMS_AT_ONCE = 32;

    private final MailingBook mailings;
    private final Membership membership;
    private final Clock clock;
    private final Machine machine;
    /** One of these for each claim, by its id. */
    private final Lock[] readings;

    private volatile Known known;

    private record Known(Map<Integer, MailingState> states, boolean allStopped, long readAt) {}

    Controls(MailingBook mailings, Membership membership, Clock clock, Machine machine) {
        this.mailings = mailings;
        this.membership = membership;
        this.clock = clock;
        this.machine = machine;
        this.readings = Stream.generate(machine::lock).limit(CLAIMS_AT_ONCE).toArray(Lock[]::new);
        this.known = new Known(Map.of(), true, machine.nanos() - STALE_NANOS);
    }

    /** Reads what staff decided. */
    void read() {
        long readAt = machine.nanos();
        known = new Known(mailings.active(), mailings.allStopped(), readAt);
    }

    boolean olderThan(long nanos) {
        return machine.nanos() - known.readAt() > nanos;
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
        if (!mayGo(work)) {
            return false;
        }
        if (isOld(work)) {
            Lock reading = readings[Math.floorMod(work.claim().id().hashCode(), CLAIMS_AT_ONCE)];
            reading.lock();
            try {
                if (isOld(work)) {
                    membership.node().claims().readStandingAgain(work.claim());
                }
            } finally {
                reading.unlock();
            }
        }
        // Once more, because reading may have taken its time.
        return mayGo(work)
                && work.whyNot().isEmpty()
                && !work.standingIsOlderThan(STANDING_NANOS + STANDING_READ_NANOS, machine.nanos());
    }

    private boolean mayGo(Work work) {
        return membership.node().claims().isOurs(work.claim()) && allow(work) && isCurrent();
    }

    /** Whether what is known of staff's decisions and of this node is young enough to begin anything at all. */
    boolean isCurrent() {
        return !olderThan(STALE_NANOS) && membership.isFresh();
    }

    private boolean isOld(Work work) {
        return work.standingIsOlderThan(STANDING_NANOS, machine.nanos());
    }
}
