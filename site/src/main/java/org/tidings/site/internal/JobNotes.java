package org.tidings.site.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.site.Jobs.Failure;
import org.tidings.site.Jobs.Job;
import org.tidings.site.Now;

/** What is known of one job. For any number of threads. */
final class JobNotes {

    private final String name;
    private final Clock clock;
    private Duration pause = Duration.ZERO;
    private int inside;
    private long runs;
    private long failures;
    private boolean partFailed;
    private @Nullable OffsetDateTime began;
    private @Nullable Duration took;
    private @Nullable Failure failed;
    private @Nullable OffsetDateTime succeeded;

    JobNotes(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    synchronized void pause(Duration between) {
        pause = between;
    }

    void run(Runnable work) {
        long from = System.nanoTime();
        begin();
        @Nullable Throwable thrown = null;
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            thrown = e;
            throw e;
        } finally {
            end(Duration.ofNanos(System.nanoTime() - from), thrown);
        }
    }

    private synchronized void begin() {
        began = Now.by(clock);
        inside++;
    }

    private synchronized void end(Duration time, @Nullable Throwable thrown) {
        inside--;
        runs++;
        took = time;
        if (thrown != null) {
            note(thrown);
            failures++;
        } else if (partFailed) {
            failures++;
        } else {
            succeeded = Now.by(clock);
        }
        partFailed = false;
    }

    /** Also of a part that somebody else's thread does between two runs: it counts with the next. */
    synchronized void partFailed(Throwable thrown) {
        partFailed = true;
        note(thrown);
    }

    private void note(Throwable thrown) {
        failed = new Failure(Now.by(clock), thrown.getClass().getName());
    }

    synchronized Job job() {
        return new Job(
                name,
                pause,
                inside > 0,
                Optional.ofNullable(began),
                Optional.ofNullable(took),
                runs,
                failures,
                Optional.ofNullable(failed),
                Optional.ofNullable(succeeded));
    }
}
