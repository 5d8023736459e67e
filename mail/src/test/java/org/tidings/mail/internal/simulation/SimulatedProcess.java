package org.tidings.mail.internal.simulation;

import java.util.ArrayList;
import java.util.List;

/** What lives and dies together: a node, or staff at their pages. Its threads run one at a time, among all threads of the world. */
public final class SimulatedProcess {

    final World world;
    final List<Actor> actors = new ArrayList<>();
    private final List<Runnable> atItsEnd = new ArrayList<>();
    private final String name;
    private final Host host;
    private boolean dead;
    private boolean stopped;
    private long stoppedNanos;
    private long stoppedAt;

    SimulatedProcess(World world, String name, Host host) {
        this.world = world;
        this.name = name;
        this.host = host;
    }

    public String name() {
        return name;
    }

    public Host host() {
        return host;
    }

    public boolean isDead() {
        return dead;
    }

    public boolean isStopped() {
        return stopped;
    }

    /** Whether none of its threads is left. */
    public boolean isOver() {
        return actors.stream().allMatch(Actor::hasEnded);
    }

    /** What the system does when the process is gone: closes its connections, frees its locks. */
    public void atItsEnd(Runnable work) {
        atItsEnd.add(work);
    }

    /** How long it stood still in all, until now. */
    public long stoppedNanos() {
        return stoppedNanos + (stopped ? world.now() - stoppedAt : 0);
    }

    /** SIGSTOP. */
    public void stop() {
        if (!stopped && !dead) {
            stopped = true;
            stoppedAt = world.now();
            world.note("is stopped", name);
        }
    }

    /** SIGCONT. */
    public void goOn() {
        if (stopped) {
            stoppedNanos = stoppedNanos();
            stopped = false;
            world.note("goes on", name);
        }
    }

    /** SIGKILL. What its threads still do, until they notice, has no effect outside of it. */
    public void kill() {
        if (!dead) {
            world.note("is killed", name);
            markDead();
            world.wake(this);
        }
    }

    /** It dies here and now, by the hands of one of its own threads. */
    public Killed die() {
        kill();
        return new Killed();
    }

    /** All its threads ended by themselves. */
    public void ended() {
        if (!dead) {
            markDead();
        }
    }

    private void markDead() {
        goOnDying();
        dead = true;
        List.copyOf(atItsEnd).forEach(Runnable::run);
    }

    private void goOnDying() {
        stoppedNanos = stoppedNanos();
        stopped = false;
    }
}
