package org.tidings.mail.internal.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Time and turns. Of all its threads one runs, the one that has the baton; it gives it up where it would wait for something: a
 * statement, a mail server, a lock, a while. Who goes on is chance's to say. Time stands still while anybody can go on, and jumps to
 * the next appointment when nobody can. So a seed decides everything that happens.
 */
public final class World {

    /** In real time: without a turn for so long it waits for something that is not of this world. */
    private static final long STUCK_SECONDS = 60;
    /** A world has some thousands. */
    private static final long MOST_TURNS = 20_000_000;

    private final long seed;
    private final Chance chance;
    private final Trace trace;
    private final int stays;
    private final List<Actor> runnable = new ArrayList<>();
    private final List<Actor> all = new ArrayList<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final PriorityQueue<Appointment> appointments =
            new PriorityQueue<>(Comparator.comparingLong(Appointment::at).thenComparingLong(Appointment::number));
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong turns = new AtomicLong();
    private long now;
    private long appointed;
    private @Nullable Throwable wrong;

    private record Appointment(long at, long number, Actor who, long waits) {}

    private World(long seed, int keptLines) {
        this.seed = seed;
        Chance all = new Chance(seed);
        this.chance = all.split();
        this.trace = new Trace(keptLines);
        this.stays = all.oneOf(List.of(30, 70, 90, 97));
    }

    /**
     * What a run came to.
     *
     * @param wrong what should not have happened, or null
     */
    public record Run(
            long seed, long nanos, Trace trace, @Nullable Throwable wrong) {}

    /** Runs a world until its first thread ends. The other threads are killed then. */
    public static Run run(long seed, int keptLines, Consumer<World> director) {
        World world = new World(seed, keptLines);
        SimulatedProcess fate = world.process("fate", new Host("nowhere"));
        Thread first = world.thread(fate, () -> {
            try {
                director.accept(world);
            } catch (Throwable e) {
                world.wrong(e);
            } finally {
                world.endAll(fate);
            }
        });
        first.setName("fate");
        first.start();
        world.next().give();
        world.awaitEnd();
        return new Run(seed, world.now, world.trace, world.wrong);
    }

    private void awaitEnd() {
        try {
            long seen;
            boolean ended;
            do {
                seen = turns.get();
                ended = over.await(STUCK_SECONDS, TimeUnit.SECONDS);
            } while (!ended && turns.get() != seen && turns.get() < MOST_TURNS);
            if (!ended) {
                IllegalStateException stuck = new IllegalStateException("the world stands still, seed " + seed);
                for (Actor actor : List.copyOf(all)) {
                    if (actor.isAlive()) {
                        IllegalStateException where =
                                new IllegalStateException(actor.label() + " " + actor.state + " " + actor.getState());
                        where.setStackTrace(actor.getStackTrace());
                        stuck.addSuppressed(where);
                    }
                }
                wrong = stuck;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public long seed() {
        return seed;
    }

    /** Nanoseconds since the beginning. */
    public long now() {
        return now;
    }

    public Chance chance() {
        return chance;
    }

    public List<SimulatedProcess> processes() {
        return processes;
    }

    /** The world of the calling thread, or null. */
    public static @Nullable World ofThisThread() {
        return Thread.currentThread() instanceof Actor actor ? actor.world : null;
    }

    public SimulatedProcess process(String name, Host host) {
        SimulatedProcess made = new SimulatedProcess(this, name, host);
        processes.add(made);
        return made;
    }

    /** A thread that is not started yet. Only its {@code start}, its name and {@link #awaitEnd} are to be used. */
    public Thread thread(SimulatedProcess process, Runnable work) {
        Actor made = new Actor(this, process, all.size(), work);
        all.add(made);
        process.actors.add(made);
        return made;
    }

    // Telling

    public void note(String what, Object detail) {
        String who = Thread.currentThread() instanceof Actor actor ? actor.label() : "";
        trace.add(now, who, what, detail);
    }

    /** What must not happen has happened; the first one counts. */
    public void wrong(Throwable what) {
        if (wrong == null) {
            wrong = what;
            note("WRONG", String.valueOf(what.getMessage()));
        }
    }

    public boolean isWrong() {
        return wrong != null;
    }

    // Turns

    /** A moment in which others may go on, or this process may die. */
    public void breathe() {
        Actor me = Actor.current();
        checkAlive(me);
        if (!me.process.isStopped() && (runnable.isEmpty() || chance.percent(stays))) {
            return;
        }
        me.state = Actor.State.RUNNABLE;
        runnable.add(me);
        handOn(me);
        checkAlive(me);
    }

    public void sleep(long nanos) {
        await(nanos);
    }

    /** Waits until it is called, but not longer than told. @return whether it was called */
    boolean await(long nanos) {
        Actor me = Actor.current();
        checkAlive(me);
        me.state = Actor.State.WAITING;
        me.called = false;
        long wait = ++me.wait;
        if (nanos != Long.MAX_VALUE) {
            appointments.add(new Appointment(now + Math.max(0, nanos), appointed++, me, wait));
        }
        handOn(me);
        checkAlive(me);
        return me.called;
    }

    void call(Actor actor) {
        if (actor.state == Actor.State.WAITING) {
            actor.called = true;
            actor.state = Actor.State.RUNNABLE;
            runnable.add(actor);
        }
    }

    private static void checkAlive(Actor me) {
        if (me.process.isDead()) {
            throw new Killed();
        }
    }

    /** Waits for a thread's end. @return whether it has ended */
    public boolean awaitEnd(Thread thread, long nanos) {
        Actor other = (Actor) thread;
        Actor me = Actor.current();
        long until = now + nanos;
        other.awaitingItsEnd.add(me);
        try {
            while (!other.hasEnded() && now < until) {
                await(until - now);
            }
        } finally {
            other.awaitingItsEnd.remove(me);
        }
        return other.hasEnded();
    }

    void begins(Actor actor) {
        actor.state = Actor.State.RUNNABLE;
        runnable.add(actor);
    }

    void ends(Actor me) {
        me.state = Actor.State.ENDED;
        me.awaitingItsEnd.forEach(this::call);
        Throwable died = me.diedOf;
        if (died != null) {
            wrong(new AssertionError(me.label() + " died: " + died, died));
        }
        if (me.number == 0) {
            over.countDown();
        } else {
            next().give();
        }
    }

    private void handOn(Actor me) {
        turns.incrementAndGet();
        Actor next = next();
        if (next != me) {
            next.give();
            me.awaitBaton();
        }
    }

    private Actor next() {
        while (true) {
            int candidates = 0;
            for (Actor actor : runnable) {
                candidates += actor.process.isStopped() ? 0 : 1;
            }
            if (candidates > 0) {
                int chosen = candidates == 1 ? 0 : chance.between(0, candidates - 1);
                for (int i = 0; i < runnable.size(); i++) {
                    Actor actor = runnable.get(i);
                    if (!actor.process.isStopped() && chosen-- == 0) {
                        runnable.remove(i);
                        return actor;
                    }
                }
            }
            passTime();
        }
    }

    private void passTime() {
        Appointment first = appointments.poll();
        if (first == null) {
            throw new IllegalStateException("nobody can go on");
        }
        if (first.who().state != Actor.State.WAITING || first.who().wait != first.waits()) {
            return;
        }
        now = Math.max(now, first.at());
        first.who().state = Actor.State.RUNNABLE;
        runnable.add(first.who());
    }

    /** The threads of a dead process go on, to find that they are dead. */
    void wake(SimulatedProcess process) {
        process.actors.forEach(this::call);
    }

    /** Kills everything but the process whose thread calls, and waits until nothing moves any more. */
    private void endAll(SimulatedProcess last) {
        Actor me = Actor.current();
        for (SimulatedProcess process : processes) {
            if (process != last) {
                process.kill();
            }
        }
        while (!runnable.isEmpty()) {
            me.state = Actor.State.RUNNABLE;
            runnable.add(me);
            handOn(me);
        }
    }

    /** @param laziness so many times as long sleeps who waits here for a time */
    public Lock lock(int laziness) {
        return new SimulatedLock(this, laziness);
    }

    /** Those who wait for something that is not a lock. */
    public WaitingRoom waitingRoom() {
        return new WaitingRoom();
    }

    /** Where threads wait to be called. */
    public final class WaitingRoom {
        private final List<Actor> waiting = new ArrayList<>();

        /** @return whether it was called */
        public boolean await(long nanos) {
            Actor me = Actor.current();
            waiting.add(me);
            try {
                return World.this.await(nanos);
            } finally {
                waiting.remove(me);
            }
        }

        public void callAll() {
            waiting.forEach(World.this::call);
        }
    }
}
