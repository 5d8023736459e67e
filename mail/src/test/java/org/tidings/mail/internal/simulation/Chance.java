package org.tidings.mail.internal.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** What happens by chance, and always in the same way for the same seed. */
public final class Chance {

    private final SplittableRandom random;

    public Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** One of its own, so that more questions to this one do not change what that one says. */
    public Chance split() {
        return new Chance(random.split());
    }

    /** From {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }

    /** Any number at all. */
    public long any() {
        return random.nextLong();
    }

    /** True in so many of a thousand. */
    public boolean perMille(int share) {
        return share > 0 && random.nextInt(1000) < share;
    }

    public boolean percent(int share) {
        return perMille(share * 10);
    }

    public <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Nanoseconds: mostly near the least, sometimes near the most. */
    public long nanos(long leastMillis, long mostMillis) {
        double share = random.nextDouble();
        return (leastMillis + (long) (share * share * share * (mostMillis - leastMillis))) * 1_000_000L
                + random.nextInt(1_000_000);
    }
}
