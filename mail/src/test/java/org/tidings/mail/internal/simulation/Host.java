package org.tidings.mail.internal.simulation;

/** A machine: its clock is wrong by so much. */
public final class Host {
    private final String name;
    private long clockOffNanos;

    public Host(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public long clockOffNanos() {
        return clockOffNanos;
    }

    public void clockOff(long nanos) {
        clockOffNanos = nanos;
    }
}
