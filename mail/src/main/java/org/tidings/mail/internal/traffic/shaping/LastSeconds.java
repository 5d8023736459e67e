package org.tidings.mail.internal.traffic.shaping;

/** A rate over the last ten seconds. Guarded by its owner. */
final class LastSeconds {

    private static final int SECONDS = 10;

    private final long[] counts = new long[SECONDS + 1];
    private long newest = Long.MIN_VALUE;

    void add(long nanos) {
        counts[index(advance(nanos))]++;
    }

    /** The running second does not count: it is not over. */
    double perSecond(long nanos) {
        long second = advance(nanos);
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return (double) (sum - counts[index(second)]) / SECONDS;
    }

    private long advance(long nanos) {
        long second = Math.max(Math.floorDiv(nanos, 1_000_000_000L), newest);
        for (long passed = Math.max(newest + 1, second - SECONDS); passed <= second; passed++) {
            counts[index(passed)] = 0;
        }
        newest = second;
        return second;
    }

    private static int index(long second) {
        return (int) Math.floorMod(second, (long) (SECONDS + 1));
    }
}
