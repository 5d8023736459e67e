package org.tidings.mail.internal.traffic.shaping;

/** Counts over about an hour, in steps of five minutes. Guarded by its owner. */
final class LastHour {

    private static final int STEPS = 12;
    private static final long STEP_SECONDS = 300;

    private final int[] counts = new int[STEPS];
    private long newest = Long.MIN_VALUE;

    void add(long epochSecond) {
        counts[index(advance(epochSecond))]++;
    }

    int count(long epochSecond) {
        advance(epochSecond);
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    private long advance(long epochSecond) {
        long step = Math.max(epochSecond / STEP_SECONDS, newest);
        for (long passed = Math.max(newest + 1, step - STEPS + 1); passed <= step; passed++) {
            counts[index(passed)] = 0;
        }
        newest = step;
        return step;
    }

    private static int index(long step) {
        return (int) Math.floorMod(step, (long) STEPS);
    }
}
