package org.tidings.mail.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of the simulated world. It runs only while it holds the baton, which {@link World} hands from one to the next. */
final class Actor extends Thread {

    enum State {
        NEW,
        RUNNABLE,
        WAITING,
        ENDED
    }

    final World world;
    final SimulatedProcess process;
    final int number;
    State state = State.NEW;
    /** Counts the waits, so that a timer of an earlier one wakes nobody. */
    long wait;
    /** Whether somebody woke it before its time. */
    boolean called;

    @Nullable
    Throwable diedOf;

    final List<Actor> awaitingItsEnd = new ArrayList<>();
    private final Runnable work;
    private String label = "?";
    private volatile boolean baton;

    Actor(World world, SimulatedProcess process, int number, Runnable work) {
        super(null, null, "simulated");
        this.world = world;
        this.process = process;
        this.number = number;
        this.work = work;
        setDaemon(true);
    }

    static Actor current() {
        if (Thread.currentThread() instanceof Actor actor) {
            return actor;
        }
        throw new IllegalStateException("not a thread of the simulated world");
    }

    String label() {
        return label;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    @Override
    public synchronized void start() {
        label = process.name() + "/" + getName();
        world.begins(this);
        super.start();
    }

    @Override
    public void run() {
        awaitBaton();
        try {
            if (process.isDead()) {
                return;
            }
            work.run();
        } catch (Killed e) {
            // as meant
        } catch (Throwable e) {
            diedOf = e;
        } finally {
            world.ends(this);
        }
    }

    void give() {
        baton = true;
        LockSupport.unpark(this);
    }

    void awaitBaton() {
        while (!baton) {
            LockSupport.park(this);
        }
        baton = false;
    }
}
