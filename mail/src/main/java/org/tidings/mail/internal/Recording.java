package org.tidings.mail.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;

/** Collects outcomes and writes them down, many in one transaction. One thread. */
final class Recording {

    private static final Logger LOG = Logger.getLogger(Recording.class.getName());
    private static final int AT_ONCE = 1_000;
    private static final long WITHIN_MILLIS = 150;
    private static final int FAILURES_WHILE_ENDING = 20;
    /** So long after the end was asked for a database that takes nothing is waited for. */
    static final long GIVEN_UP_AFTER_MILLIS = 20_000;

    private final Membership membership;
    private final Lifetime lifetime;
    private final Happenings happenings;
    private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(5_000);
    private final long givenUpAfterMillis;
    private final AtomicLong givenUp = new AtomicLong();
    private int failuresWhileEnding;

    Recording(Membership membership, Lifetime lifetime, Happenings happenings, long givenUpAfterMillis) {
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
            if (lifetime.stoppingFor(givenUpAfterMillis)) {
                addOrGiveUp(outcome);
                break;
            }
            try {
                added = outcomes.offer(outcome, 200, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true; // an outcome is not dropped for that
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void addOrGiveUp(Outcome outcome) {
        if (!outcomes.offer(outcome) && givenUp.getAndIncrement() == 0) {
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
                Outcome first = outcomes.poll(WITHIN_MILLIS, TimeUnit.MILLISECONDS);
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
        long until = System.nanoTime() + WITHIN_MILLIS * 1_000_000L;
        while (batch.size() < AT_ONCE) {
            long left = until - System.nanoTime();
            Outcome next =
                    left <= 0 || lifetime.recordingEnds() ? outcomes.poll() : outcomes.poll(left, TimeUnit.NANOSECONDS);
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
                Thread.sleep(lifetime.recordingEnds() ? 200 : 1_000);
                if (lifetime.recordingEnds() && ++failuresWhileEnding > FAILURES_WHILE_ENDING) {
                    LOG.warning(() ->
                            batch.size() + " outcomes could not be recorded; the journal has them for the next start");
                    return;
                }
            }
        }
    }
}
