package org.tidings.mail.internal.sending;

import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.machine.Once;

/** Where the engine is in its life; its threads look here. */
final class Lifetime {

    private final Machine machine;
    private final Once stopped;
    private final Once recorded;
    private volatile boolean stopping;
    private volatile long stoppingSince;

    Lifetime(Machine machine) {
        this.machine = machine;
        this.stopped = new Once(machine);
        this.recorded = new Once(machine);
    }

    /** Claims nothing more and begins nothing more. */
    boolean stopping() {
        return stopping;
    }

    /** Whether the end was asked for so long ago. */
    boolean stoppingFor(long millis) {
        return stopping && machine.nanos() - stoppingSince >= millis * 1_000_000L;
    }

    /** Waits for {@link #stopping}. @return false when it did not come so soon */
    boolean stopsWithin(long millis) throws InterruptedException {
        return stopped.happensWithin(millis);
    }

    /** No outcome comes any more: what is there is written down, and that is all. */
    boolean recordingEnds() {
        return recorded.happened();
    }

    /** Waits for {@link #recordingEnds}. @return false when it did not come so soon */
    boolean recordingEndsWithin(long millis) throws InterruptedException {
        return recorded.happensWithin(millis);
    }

    void stop() {
        stoppingSince = machine.nanos();
        stopping = true;
        stopped.happens();
    }

    void endRecording() {
        recorded.happens();
    }
}
