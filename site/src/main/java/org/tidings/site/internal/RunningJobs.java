package org.tidings.site.internal;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.site.EndsInOrder;
import org.tidings.site.Gate;
import org.tidings.site.Jobs;
import org.tidings.site.TransactionProofs;

/** Runs jobs on the container's threads, and keeps the list. */
@ApplicationScoped
class RunningJobs implements Jobs, EndsInOrder {

    private static final Logger LOG = Logger.getLogger(RunningJobs.class.getName());
    /** Of threads, as the proof of their transactions calls them. */
    private static final String KIND = "jobs";

    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    TransactionProofs proofs;

    @Inject
    Clock clock;

    private final Map<String, JobNotes> notes = new ConcurrentSkipListMap<>();
    private final List<ScheduledFuture<?>> scheduled = new CopyOnWriteArrayList<>();
    private final Gate gate = new Gate();

    @Override
    public void every(String name, Duration first, Duration pause, Runnable work) {
        Runnable proved = proofs.first(KIND, listed(name, pause, work));
        if (scheduled.isEmpty()) {
            // The proof of the threads does not wait for the first job's time.
            executor.execute(proofs.first(KIND, () -> {}));
        }
        scheduled.add(executor.scheduleWithFixedDelay(
                () -> quietly(name, proved), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Whatever is thrown would end the schedule for good, an error too. */
    private void quietly(String name, Runnable proved) {
        try {
            gate.pass(proved);
        } catch (RuntimeException | Error e) {
            say(name, e);
        }
    }

    @Override
    public boolean attempt(String name, Runnable part) {
        if (!gate.enter()) {
            return false;
        }
        try {
            part.run();
            return true;
        } catch (RuntimeException | Error e) {
            notes(name).partFailed(e);
            say(name, e);
            return false;
        } finally {
            gate.leave();
        }
    }

    private static void say(String name, Throwable e) {
        LOG.log(Level.WARNING, "the job {0} failed and is tried again: {1}", new Object[] {
            name, e.getClass().getName()
        });
    }

    @Override
    public Runnable listed(String name, Duration pause, Runnable work) {
        JobNotes own = notes(name);
        own.pause(pause);
        return () -> own.run(work);
    }

    private JobNotes notes(String name) {
        return notes.computeIfAbsent(name, unknown -> new JobNotes(unknown, clock));
    }

    @Override
    public List<Job> list() {
        return notes.values().stream().map(JobNotes::job).toList();
    }

    @PreDestroy
    @Override
    public void beginNothingMore() {
        gate.close();
        scheduled.forEach(one -> one.cancel(false));
    }

    @Override
    public void finish(Duration patience) {
        gate.awaitEmpty(patience);
    }
}
