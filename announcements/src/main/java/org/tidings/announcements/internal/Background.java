package org.tidings.announcements.internal;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.site.DatabaseReady;
import org.tidings.site.EndsInOrder;
import org.tidings.site.Gate;
import org.tidings.site.TransactionProofs;

/** Does what comes due: asks how something ended, deletes what was thrown away a week ago. Harmless on several nodes at once. */
@ApplicationScoped
class Background implements EndsInOrder {

    private static final Logger LOG = Logger.getLogger(Background.class.getName());

    /** Of threads, as the proof of their transactions calls them. */
    private static final String KIND = "announcements-schedule";

    private static final long REMIND_EVERY_SECONDS = 30;

    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    Reminders reminders;

    @Inject
    TransactionProofs proofs;

    private final Gate gate = new Gate();
    private @Nullable ScheduledFuture<?> running;

    void begin(@Observes DatabaseReady ready) {
        executor.execute(proofs.first(KIND, () -> {}));
        running = executor.scheduleWithFixedDelay(
                this::remind, REMIND_EVERY_SECONDS, REMIND_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** One failure, such as a database that is away, must not end the schedule. */
    private void remind() {
        try {
            gate.pass(proofs.first(KIND, reminders::remind));
            gate.pass(proofs.first(KIND, reminders::forgetDiscarded));
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "Could not look after announcements this time: {0}",
                    e.getClass().getName());
        }
    }

    @PreDestroy
    @Override
    public void beginNothingMore() {
        gate.close();
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void finish(Duration patience) {
        gate.awaitEmpty(patience);
    }
}
