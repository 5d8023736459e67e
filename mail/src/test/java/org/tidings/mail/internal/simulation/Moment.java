package org.tidings.mail.internal.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A point in the world's time, by which can be told how long ago it is for a process that stood still in between. */
record Moment(long nanos, Map<SimulatedProcess, Long> stoppedUntilThen) {

    static Moment of(World world, Collection<SimulatedProcess> processes) {
        Map<SimulatedProcess, Long> stopped = new HashMap<>();
        processes.forEach(process -> stopped.put(process, process.stoppedNanos()));
        return new Moment(world.now(), stopped);
    }

    /** For a thread of the process: while it stood still it could not look. */
    long ago(long now, SimulatedProcess process) {
        return now - nanos - (process.stoppedNanos() - stoppedUntilThen.getOrDefault(process, 0L));
    }
}
