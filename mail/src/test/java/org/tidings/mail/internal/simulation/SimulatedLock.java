package org.tidings.mail.internal.simulation;

import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A lock whose holder may be out of breath. Of a dead process it locks nothing any more. */
final class SimulatedLock implements Lock {

    private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 4;

    private final World world;
    private final Deque<Actor> waiting = new ArrayDeque<>();
    private final int laziness;
    private @Nullable Actor holder;
    private int holds;

    SimulatedLock(World world, int laziness) {
        this.world = world;
        this.laziness = laziness;
    }

    @Override
    public void lock() {
        Actor me = Actor.current();
        if (me.process.isDead()) {
            throw new Killed();
        }
        while (holder != null && holder != me) {
            waiting.add(me);
            try {
                world.await(Long.MAX_VALUE);
            } finally {
                waiting.remove(me);
            }
        }
        holder = me;
        holds++;
    }

    @Override
    public void unlock() {
        Actor me = Actor.current();
        if (holder != me) {
            if (me.process.isDead()) {
                return;
            }
            throw new IllegalMonitorStateException();
        }
        holds--;
        if (holds == 0) {
            holder = null;
            waiting.forEach(world::call);
        }
    }

    @Override
    public Condition newCondition() {
        return new SimulatedCondition();
    }

    @Override
    public void lockInterruptibly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    private final class SimulatedCondition implements Condition {
        private final Deque<Actor> sleepers = new ArrayDeque<>();

        private long rest(long nanos) {
            Actor me = Actor.current();
            int held = holds;
            long until = world.now() + nanos;
            holds = 0;
            holder = null;
            waiting.forEach(world::call);
            sleepers.add(me);
            try {
                world.await(nanos < FOR_EVER_NANOS ? nanos * laziness : Long.MAX_VALUE);
            } finally {
                sleepers.remove(me);
                if (!me.process.isDead()) {
                    lock();
                    holds = held;
                }
            }
            return until - world.now();
        }

        @Override
        public long awaitNanos(long nanos) {
            return rest(nanos);
        }

        @Override
        public boolean await(long time, TimeUnit unit) {
            return rest(unit.toNanos(time)) > 0;
        }

        @Override
        public void await() {
            rest(FOR_EVER_NANOS);
        }

        @Override
        public void signal() {
            Actor first = sleepers.poll();
            while (first != null && first.state != Actor.State.WAITING) {
                first = sleepers.poll(); // its time is up: somebody else's signal
            }
            if (first != null) {
                world.call(first);
            }
        }

        @Override
        public void signalAll() {
            sleepers.forEach(world::call);
            sleepers.clear();
        }

        @Override
        public void awaitUninterruptibly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            throw new UnsupportedOperationException();
        }
    }
}
