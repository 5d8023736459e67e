package org.tidings.mail.internal.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.tidings.mail.internal.ledger.Claims;
import org.tidings.mail.internal.machine.Buffer;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Outcome;

/** Collects outcomes and writes them down, many in one transaction. One thread. */
final class Recording {

    private static final Logger LOG = Logger.getLogger(Recording.class.getName());
    private static final int AT_ONCE = 1_000;
    private static final long WITHIN_NANOS = 150_000_000L;
    private static final long LOOKS_NANOS = 200_000_000L;
    private static final int WAITING_AT_MOST = 5_000;
    private static final int FAILURES_WHILE_ENDING = 20;
    /** So long after the end was asked for a database that takes nothing is waited for. */
    static final long GIVEN_UP_AFTER_MILLIS = 20_000;

    private final Membership membership;
    private final Lifetime lifetime;
    private final Happenings happenings;
    private final Machine machine;
    private final Buffer<Outcome> outcomes;
    private final long givenUpAfterMillis;
    private final AtomicLong givenUp = new AtomicLong();
    private int failuresWhileEnding;

    Recording(
            Membership membership, Lifetime lifetime, Happenings happenings, Machine machine, long givenUpAfterMillis) {
        this.machine = machine;
        this.outcomes = new Buffer<>(WAITING_AT_MOST, machine);
        this.givenUpAfterMillis = givenUpAfterMillis;
        this.membership = membership;
        this.lifetime = lifetime;
        this.happenings = happenings;
    }

    /** Waits while the database is too far behind; at the end not for ever: the journal has it for the next start. */
    void add(Outcome outcome) {
        boolean interrupted = false;
        boolean added = false;
        while (!added) {
            try {
                if (lifetime.stoppingFor(givenUpAfterMillis)) {
                    addOrGiveUp(outcome);
                    break;
                }
                added = outcomes.offer(outcome, LOOKS_NANOS);
            } catch (InterruptedException e) {
                interrupted = true; // an outcome is not dropped for that
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void addOrGiveUp(Outcome outcome) throws InterruptedException {
        if (!outcomes.offer(outcome, 0) && givenUp.getAndIncrement() == 0) {
            LOG.warning("the database takes nothing at the end; the journal has what was sent for the next start");
        }
    }

    /** What is not written down yet belongs to whoever took over. */
    void forget() {
        outcomes.clear();
    }

    void run() {
        List<Outcome> batch = new ArrayList<>();
        while (true) {
            try {
                Outcome first = outcomes.poll(WITHIN_NANOS);
                if (first == null) {
                    if (lifetime.recordingEnds()) {
                        return;
                    }
                    continue;
                }
                batch.add(first);
                collect(batch);
                record(batch);
                batch.clear();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void collect(List<Outcome> batch) throws InterruptedException {
        long until = machine.nanos() + WITHIN_NANOS;
        while (batch.size() < AT_ONCE) {
            long left = until - machine.nanos();
            Outcome next = outcomes.poll(lifetime.recordingEnds() ? 0 : left);
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    private void record(List<Outcome> batch) throws InterruptedException {
        boolean again = false;
        while (true) {
            try {
                Membership.Node self = membership.node();
                self.recorder()
                        .record(batch, again)
                        .forEach(claim -> self.journal().recorded(claim.id()));
                batch.stream()
                        .filter(o -> o.work().letter() != null)
                        .forEach(o -> self.journal().recorded(o.work().recipient()));
                return;
            } catch (Claims.TakenOver e) {
                return; // recorded by whoever took over
            } catch (RuntimeException | Error e) {
                happenings.failed(e, "recording what was sent failed; tried again");
                again = true;
                machine.sleep(lifetime.recordingEnds() ? 200 : 1_000);
                if (lifetime.recordingEnds() && ++failuresWhileEnding > FAILURES_WHILE_ENDING) {
                    LOG.warning(() ->
                            batch.size() + " outcomes could not be recorded; the journal has them for the next start");
                    return;
                }
            }
        }
    }
}
