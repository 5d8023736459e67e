package org.tidings.mail.internal.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;

/**
 * Claimed work that waits for a connection: account mail ahead of announcements ahead of newsletters; within a lane the mailings
 * take turns.
 */
final class Lanes {

    private final Map<MessageClass, Map<Integer, Deque<Work>>> lanes = new EnumMap<>(MessageClass.class);
    /** For nothing but waiting: who waits looks again afterwards, whatever woke it. */
    private final Lock waiting;

    private final Condition changed;
    private int lowWater;

    Lanes(Machine machine) {
        waiting = machine.lock();
        changed = waiting.newCondition();
        for (MessageClass lane : MessageClass.values()) {
            lanes.put(lane, new LinkedHashMap<>());
        }
    }

    private static int number(Work work) {
        RunningMailing mailing = work.claim().mailing();
        return mailing == null ? 0 : mailing.number();
    }

    private Map<Integer, Deque<Work>> lane(MessageClass lane) {
        return lanes.getOrDefault(lane, new LinkedHashMap<>());
    }

    synchronized void add(Collection<Work> works) {
        for (Work work : works) {
            lane(work.lane())
                    .computeIfAbsent(number(work), n -> new ArrayDeque<>())
                    .addLast(work);
        }
        wake();
    }

    /** Back to the front: it could not be begun. */
    synchronized void putFirst(Work work) {
        lane(work.lane()).computeIfAbsent(number(work), n -> new ArrayDeque<>()).addFirst(work);
        wake();
    }

    /** What is to be done with a work that could be the next one. */
    enum Choice {
        TAKE,
        /** It stays; another may be taken before it. */
        LEAVE,
        /** It leaves the lanes, and is the chooser's from now on. */
        OUT
    }

    /**
     * The next work of a lane that is chosen, or null. Of each mailing the first one is offered: what keeps that one keeps the
     * others. Letters have nothing in common and are all offered.
     */
    synchronized @Nullable Work take(MessageClass lane, Function<Work, Choice> chooser) {
        Map<Integer, Deque<Work>> queues = lane(lane);
        for (Integer mailing : List.copyOf(queues.keySet())) {
            Deque<Work> queue = queues.get(mailing);
            if (queue == null) {
                continue;
            }
            Work work = lane == MessageClass.ACCOUNT ? anyOf(queue, chooser) : firstOf(queue, chooser);
            if (queue.isEmpty()) {
                queues.remove(mailing);
                wake();
            } else if (work != null) {
                queues.remove(mailing);
                queues.put(mailing, queue); // to the end: the next mailing's turn
                if (queue.size() == lowWater) {
                    wake();
                }
            }
            if (work != null) {
                return work;
            }
        }
        return null;
    }

    private static @Nullable Work firstOf(Deque<Work> queue, Function<Work, Choice> chooser) {
        while (true) {
            Work first = queue.peekFirst();
            Choice choice = first == null ? Choice.LEAVE : chooser.apply(first);
            if (choice == Choice.LEAVE) {
                return null;
            }
            queue.removeFirst();
            if (choice == Choice.TAKE) {
                return first;
            }
        }
    }

    private static @Nullable Work anyOf(Deque<Work> queue, Function<Work, Choice> chooser) {
        Iterator<Work> works = queue.iterator();
        while (works.hasNext()) {
            Work work = works.next();
            Choice choice = chooser.apply(work);
            if (choice != Choice.LEAVE) {
                works.remove();
            }
            if (choice == Choice.TAKE) {
                return work;
            }
        }
        return null;
    }

    /** How much work of a lane is like this, but not more than asked for: each letter is looked at, of each mailing the first. */
    synchronized int count(MessageClass lane, Predicate<Work> like, int atMost) {
        int count = 0;
        for (Deque<Work> queue : lane(lane).values()) {
            if (lane == MessageClass.ACCOUNT) {
                count += (int) queue.stream().filter(like).limit(atMost).count();
            } else {
                Work first = queue.peekFirst();
                count += first != null && like.test(first) ? queue.size() : 0;
            }
            if (count >= atMost) {
                return atMost;
            }
        }
        return count;
    }

    /** The first work of a lane that is like this. */
    synchronized Optional<Work> first(MessageClass lane, Predicate<Work> like) {
        return lane(lane).values().stream()
                .flatMap(queue -> lane == MessageClass.ACCOUNT
                        ? queue.stream()
                        : queue.stream().limit(1))
                .filter(like)
                .findFirst();
    }

    synchronized boolean isEmpty() {
        return lanes.values().stream().allMatch(Map::isEmpty);
    }

    synchronized int waiting(MessageClass lane, int mailing) {
        Deque<Work> queue = lane(lane).get(mailing);
        return queue == null ? 0 : queue.size();
    }

    /** Whoever waits here is woken when a mailing's queue has sunk to this size. */
    synchronized void lowWater(int size) {
        lowWater = size;
    }

    @SuppressWarnings("WaitNotInLoop") // woken for nothing, the caller looks again
    void awaitChange(long millis) throws InterruptedException {
        waiting.lock();
        try {
            changed.await(millis, TimeUnit.MILLISECONDS);
        } finally {
            waiting.unlock();
        }
    }

    void wake() {
        waiting.lock();
        try {
            changed.signalAll();
        } finally {
            waiting.unlock();
        }
    }

    /** Takes out what the predicate names. */
    synchronized List<Work> remove(Predicate<Work> which) {
        List<Work> removed = new ArrayList<>();
        for (Map<Integer, Deque<Work>> lane : lanes.values()) {
            lane.values().forEach(queue -> queue.removeIf(work -> which.test(work) && removed.add(work)));
            lane.values().removeIf(Deque::isEmpty);
        }
        return removed;
    }
}
