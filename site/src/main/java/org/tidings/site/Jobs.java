package org.tidings.site;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What this process does by itself, again and again: one list. A job may run on several nodes at once; it looks in the database what is to
 * be done. What fails is tried again at its next time, however it failed.
 */
public interface Jobs {

    /** Of an engine without a site around it. */
    Jobs UNLISTED = new Jobs() {
        @Override
        public void every(String name, Duration first, Duration pause, Runnable work) {
            throw new UnsupportedOperationException("nobody is there to run " + name);
        }

        @Override
        public boolean attempt(String name, Runnable part) {
            part.run();
            return true;
        }

        @Override
        public Runnable listed(String name, Duration pause, Runnable work) {
            return work;
        }

        @Override
        public List<Job> list() {
            return List.of();
        }
    };

    /**
     * Runs it until the site ends. At least as often as it says when nothing is wrong: the pause is from an end to the next beginning.
     *
     * @param name lower case and hyphens; its words on the page of jobs are under {@code staff.job.NAME}
     */
    void every(String name, Duration first, Duration pause, Runnable work);

    /**
     * One part of a job, such as one request of many: what fails is logged by its type, for its message may hold values (SEC-66), counted
     * and does not hold up the rest.
     *
     * @param name of the job
     * @return whether it was done
     */
    boolean attempt(String name, Runnable part);

    /** The work of a job that runs on a thread of somebody else, so that the list knows of it. What it throws is thrown on. */
    Runnable listed(String name, Duration pause, Runnable work);

    /** In the order of their names. */
    List<Job> list();

    /**
     * A job, as this process knows it since its start.
     *
     * @param pause between two runs
     * @param began the last run
     * @param took the last one that is over
     * @param runs that are over, of which {@code failures} were not done or not wholly
     * @param failed the last time that something was not done
     * @param succeeded the last time that all was
     */
    record Job(
            String name,
            Duration pause,
            boolean running,
            Optional<OffsetDateTime> began,
            Optional<Duration> took,
            long runs,
            long failures,
            Optional<Failure> failed,
            Optional<OffsetDateTime> succeeded) {

        /** Whether it has not succeeded since it last failed. */
        public boolean fails() {
            return failed.isPresent()
                    && succeeded.map(at -> at.isBefore(failed.get().at())).orElse(true);
        }
    }

    /** @param type of what was thrown, as {@code java.sql.SQLException} */
    record Failure(OffsetDateTime at, String type) {}
}
