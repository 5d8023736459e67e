package org.tidings.mail.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MessageClass;

/**
 * Claimed work that waits for a connection: account mail ahead of announcements ahead of newsletters; within a lane the mailings
 * take turns.
 */
final class Lanes {

    private final Map<MessageClass, Map<Integer, Deque<Work>>> lanes = new EnumMap<>(MessageClass.class);
    private int lowWater;

    Lanes() {
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
        notifyAll();
    }

    /** Back to the front: it could not be begun. */
    synchronized void putFirst(Work work) {
        lane(work.lane()).computeIfAbsent(number(work), n -> new ArrayDeque<>()).addFirst(work);
        notifyAll();
    }

    /** The next work, or null. */
    synchronized @Nullable Work take(boolean accountMailOnly) {
        for (MessageClass lane : MessageClass.values()) {
            if (accountMailOnly && lane != MessageClass.ACCOUNT) {
                return null;
            }
            Map<Integer, Deque<Work>> queues = lane(lane);
            if (!queues.isEmpty()) {
                Integer first = queues.keySet().iterator().next();
                Deque<Work> queue = queues.remove(first);
                Work work = queue == null ? null : queue.pollFirst();
                if (queue != null && !queue.isEmpty()) {
                    queues.put(first, queue); // to the end: the next mailing's turn
                    if (queue.size() == lowWater) {
                        notifyAll();
                    }
                } else {
                    notifyAll();
                }
                if (work != null) {
                    return work;
                }
            }
        }
        return null;
    }

    synchronized boolean isEmpty(boolean accountMailOnly) {
        return accountMailOnly
                ? lane(MessageClass.ACCOUNT).isEmpty()
                : lanes.values().stream().allMatch(Map::isEmpty);
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
    synchronized void awaitChange(long millis) throws InterruptedException {
        wait(millis);
    }

    synchronized void wake() {
        notifyAll();
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
