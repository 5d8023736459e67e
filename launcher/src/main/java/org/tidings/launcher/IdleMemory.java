package org.tidings.launcher;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/**
 * Gives memory back to the machine when a load is over. The collector does that in a full collection alone, and needs hardly any: after a
 * mailing the heap stayed at its limit for days.
 *
 * <p>A full collection stops everything for about a quarter of a second, so one is asked for only while the server has nothing to do, and
 * only where it brings something.
 */
final class IdleMemory {

    private static final int LOOK_EVERY_MILLIS = 20_000;

    /** Of one processor, however many there are. */
    private static final double IDLE = 0.1;

    private static final long WORTH_IT_BYTES = 64L << 20;

    /** What was in use after the last one. */
    private long needed;

    /** What the heap kept then: more than that it may give back. */
    private long kept;

    private IdleMemory() {}

    static void watch() {
        var memory = new IdleMemory();
        Thread thread = new Thread(memory::look, "idle-memory");
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                if (isIdle() && isWorthIt(heap().getCommitted(), needed, kept)) {
                    System.gc();
                    needed = heap().getUsed();
                    kept = heap().getCommitted();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the heap has taken much more from the machine than was needed the last time, and than it kept then. */
    static boolean isWorthIt(long committed, long needed, long kept) {
        return committed > Math.max(2 * needed, kept) + WORTH_IT_BYTES;
    }

    private static boolean isIdle() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                && system.getProcessCpuLoad() * system.getAvailableProcessors() < IDLE;
    }

    private static MemoryUsage heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }
}
