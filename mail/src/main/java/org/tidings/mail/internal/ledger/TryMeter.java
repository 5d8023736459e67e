package org.tidings.mail.internal.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SendingFigures.Counter;

/** What became of tries, counted by this process since its start; for whoever draws curves. */
public final class TryMeter {

    private record Key(MessageClass lane, String outcome, String reason) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void add(MessageClass lane, String outcome, String reason, long n) {
        counts.computeIfAbsent(new Key(lane, outcome, reason), k -> new LongAdder())
                .add(n);
    }

    List<Counter> counters() {
        return counts.entrySet().stream()
                .map(e -> new Counter(
                        e.getKey().lane(),
                        e.getKey().outcome(),
                        e.getKey().reason(),
                        e.getValue().sum()))
                .sorted(Comparator.comparing(Counter::lane)
                        .thenComparing(Counter::outcome)
                        .thenComparing(Counter::reason))
                .toList();
    }
}
