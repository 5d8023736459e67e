package org.tidings.mail.internal.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.tidings.mail.internal.machine.Machine;

/** What a simulated process takes for its machine. */
final class SimulatedMachine implements Machine {

    /** When every world begins. */
    static final Instant BEGINNING = Instant.parse("2026-11-29T08:00:00Z");

    private final World world;
    private final SimulatedProcess process;
    private final long origin;
    private final int laziness;
    private long ids;

    /** @param laziness so many times as long does whoever rests here, which is what a busy machine comes to */
    SimulatedMachine(World world, SimulatedProcess process, int laziness) {
        this.world = world;
        this.process = process;
        this.laziness = laziness;
        // Only differences count: also where the number grows past its end.
        this.origin = world.chance()
                .oneOf(java.util.List.of(0L, 1_000_000_000_000L, -5_000_000_000L, Long.MAX_VALUE - 20_000_000_000L));
    }

    /** The machine's idea of the time of day. */
    static Clock clock(World world, SimulatedProcess process) {
        return new Clock() {
            @Override
            public Instant instant() {
                return BEGINNING.plusNanos(world.now() + process.host().clockOffNanos());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    @Override
    public long nanos() {
        return origin + world.now();
    }

    @Override
    public void sleep(long millis) {
        world.sleep(millis * laziness * 1_000_000L);
    }

    @Override
    public Lock lock() {
        return world.lock(laziness);
    }

    @Override
    public boolean awaitEnd(Thread thread, long millis) {
        return world.awaitEnd(thread, Math.max(1, millis) * 1_000_000L);
    }

    @Override
    public UUID newId() {
        long millis = BEGINNING.toEpochMilli() + (world.now() + process.host().clockOffNanos()) / 1_000_000L;
        return new UUID(
                millis << 16 | 0x7000 | (ids++ & 0xfff),
                1L << 63 | world.chance().any() >>> 2);
    }

    @Override
    public long upTo(long most) {
        return world.chance().between(0, most);
    }

    @Override
    public int processors() {
        return 1;
    }

    @Override
    public String hostName() {
        return process.host().name();
    }
}
