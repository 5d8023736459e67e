package org.tidings.web.start;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.tidings.site.EndsInOrder;
import org.tidings.site.Gate;
import org.tidings.site.SiteHasEnded;

/**
 * How this node ends. First nothing new is begun off requests, and then it is not ready, so that a proxy sends nobody any more; requests go
 * on. When what was begun is over, and the delay too, requests are refused as they are while the database is away, and those that run
 * are waited for. Then the database is closed. What comes after that is the container's and has nothing to lose.
 *
 * <p>A node that is still starting finishes the migrations that it is at and begins nothing.
 */
@ApplicationScoped
public class Ending implements EndingMBean {

    private static final Logger LOG = Logger.getLogger(Ending.class.getName());
    /** For requests, also when mails in flight took all the patience there was. */
    private static final Duration LEAST_FOR_REQUESTS = Duration.ofSeconds(5);

    @Inject
    @Any
    private Instance<EndsInOrder> parts;

    @Inject
    private Event<SiteHasEnded> ended;

    private final ReentrantLock starting = new ReentrantLock();
    private final Gate requests = new Gate();
    private volatile boolean asked;
    private volatile boolean quiet;

    /** The end was asked for. */
    boolean isAsked() {
        return asked;
    }

    /** Nothing is begun off requests any more. Whoever hears that this node is not ready may rely on it. */
    public boolean beginsNothing() {
        return quiet;
    }

    /** Running requests are in it; it closes when no more can be answered. */
    Gate requests() {
        return requests;
    }

    /** Can be asked from now on. To be called before the database is touched. */
    void listen() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(this, EndingMBean.class), new ObjectName(NAME));
        } catch (JMException e) {
            throw new IllegalStateException("this node could not be asked to end", e);
        }
    }

    @PreDestroy
    void listenNoMore() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (InstanceNotFoundException e) {
            // It never listened.
        } catch (JMException e) {
            LOG.log(Level.FINE, "the MBean stays", e);
        }
    }

    /** Begins what the node does, unless the end was asked for; the end waits for it. @return what the start returned, or false */
    boolean begin(BooleanSupplier start) {
        starting.lock();
        try {
            return !asked && start.getAsBoolean();
        } finally {
            starting.unlock();
        }
    }

    @Override
    public void end(long patienceMillis, long delayMillis) {
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(Ending.class.getClassLoader());
        try {
            endInOrder(new Left(Duration.ofMillis(patienceMillis)), new Left(Duration.ofMillis(delayMillis)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Thread.currentThread().setContextClassLoader(callers);
        }
    }

    /** What is left of a time. */
    private record Left(long untilNanos) {
        Left(Duration all) {
            this(System.nanoTime() + all.toNanos());
        }

        Duration duration() {
            return Duration.ofNanos(Math.max(0, untilNanos - System.nanoTime()));
        }

        Duration atLeast(Duration least) {
            Duration left = duration();
            return left.compareTo(least) > 0 ? left : least;
        }
    }

    private void endInOrder(Left patience, Left delay) throws InterruptedException {
        asked = true;
        LOG.info("asked to end: nothing new is begun, and not ready from now on");
        if (!starting.tryLock(patience.duration().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warning("the start does not come to its end; it is broken off");
            quiet = true;
            return;
        }
        try {
            List<EndsInOrder> all = new ArrayList<>();
            parts.forEach(all::add);
            each(all, EndsInOrder::beginNothingMore);
            quiet = true;
            each(all, part -> part.finish(patience.duration()));
            TimeUnit.NANOSECONDS.sleep(delay.duration().toNanos());
            requests.close();
            if (!requests.awaitEmpty(patience.atLeast(LEAST_FOR_REQUESTS))) {
                LOG.warning(() -> requests.inside() + " requests take too long and are broken off");
            }
            ended.fire(new SiteHasEnded());
            LOG.info("ended in order");
        } finally {
            starting.unlock();
        }
    }

    /** What fails to end must not keep the others from it. */
    private static void each(List<EndsInOrder> parts, Consumer<EndsInOrder> what) {
        for (EndsInOrder part : parts) {
            try {
                what.accept(part);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "a part did not end in order", e);
            }
        }
    }
}
