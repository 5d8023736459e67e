package org.tidings.launcher;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * How much was turned away before the application, by reason. The application shows it in {@code /metrics}; a reason about which an
 * operator can do something is logged, once in ten minutes at most and never with an address.
 */
final class Refusals implements RefusalsMBean {

    private static final Logger LOG = Logger.getLogger(Refusals.class.getName());
    private static final long SAID_AGAIN_AFTER_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Said> said = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** When a reason was logged, and how many there were by then. */
    private record Said(long at, long count) {}

    Refusals() {
        this(System::nanoTime);
    }

    Refusals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Where the application finds it. */
    Refusals published() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(this, RefusalsMBean.class), new ObjectName(NAME));
            return this;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    void count(String reason) {
        counter(reason).increment();
    }

    private LongAdder counter(String reason) {
        return counts.computeIfAbsent(reason, fresh -> new LongAdder());
    }

    /** @param sentence what to do about it, after a number */
    void countAndSay(String reason, String sentence) {
        count(reason);
        var since = new AtomicLong();
        said.compute(reason, (same, before) -> {
            long now = nanos.getAsLong();
            if (before != null && now - before.at() < SAID_AGAIN_AFTER_NANOS) {
                return before;
            }
            long all = counter(reason).sum();
            since.set(all - (before == null ? 0 : before.count()));
            return new Said(now, all);
        });
        if (since.get() > 0) {
            LOG.warning(since + " " + sentence);
        }
    }

    @Override
    public Map<String, Long> getCounts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((reason, count) -> all.put(reason, count.sum()));
        return all;
    }
}
