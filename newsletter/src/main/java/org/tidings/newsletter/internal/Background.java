package org.tidings.newsletter.internal;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.newsletter.internal.webhooks.TellingPrograms;
import org.tidings.site.DatabaseMigrated;
import org.tidings.site.DatabaseReady;
import org.tidings.site.EndsInOrder;
import org.tidings.site.Gate;
import org.tidings.site.SiteHasEnded;
import org.tidings.site.TransactionProofs;

/** Does what comes due: sends scheduled issues, files sent ones, tidies up. Harmless on several nodes at once. */
@ApplicationScoped
class Background implements EndsInOrder {

    private static final Logger LOG = Logger.getLogger(Background.class.getName());

    /** Of threads, as the proof of their transactions calls them. */
    private static final String KIND = "newsletter-schedule";

    private static final long ANSWER_EVERY_MILLIS = 300;

    /** Webhooks that are sent to. */
    private static final int MOST_AT_ONCE = 4;

    private static final int AFTER_OTHERS = Interceptor.Priority.LIBRARY_AFTER;

    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    StoredIssues issues;

    @Inject
    Housekeeping housekeeping;

    @Inject
    AnsweringSubscribers answering;

    @Inject
    OptOutLedger optOuts;

    @Inject
    TellingPrograms telling;

    @Inject
    TransactionProofs proofs;

    private final Set<UUID> beingTold = ConcurrentHashMap.newKeySet();
    private volatile List<UUID> dueWebhooks = List.of();

    private final List<ScheduledFuture<?>> running = new CopyOnWriteArrayList<>();
    private final Gate gate = new Gate();

    /** Nobody who is back by a restored backup may be written to. After erasures and deactivations were repeated. */
    void repeatOptOuts(@Observes @Priority(AFTER_OTHERS) DatabaseMigrated migrated) {
        optOuts.repeatAndCopy();
    }

    /** Requests are over, and the database is there for the last time: whoever left by one of them must be outside too. */
    void copyForTheLastTime(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) SiteHasEnded ended) {
        try {
            optOuts.copyForTheLastTime();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "the newest opt-outs are copied at the next start: {0}",
                    e.getClass().getName());
        }
    }

    void begin(@Observes DatabaseReady ready) {
        executor.execute(proofs.first(KIND, () -> {}));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("answer subscribers", this::answerAll),
                ANSWER_EVERY_MILLIS,
                ANSWER_EVERY_MILLIS,
                TimeUnit.MILLISECONDS));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("send scheduled issues", this::sendDue), 5, 5, TimeUnit.SECONDS));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("copy opt-outs", optOuts::repeatAndCopy), 5, 5, TimeUnit.SECONDS));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("file sent issues", issues::settle), 5, 5, TimeUnit.SECONDS));
        running.add(executor.scheduleWithFixedDelay(this::tellPrograms, 2, 1, TimeUnit.SECONDS));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("forget what programs were told", telling::forget), 3, 60, TimeUnit.MINUTES));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("tidy up", housekeeping::tidyUp), 1, 60, TimeUnit.MINUTES));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("forget discarded drafts", issues::forgetDiscarded), 2, 60, TimeUnit.MINUTES));
        running.add(executor.scheduleWithFixedDelay(
                () -> attempt("fill in hashes of addresses", housekeeping::fillAddressHashes),
                5,
                60,
                TimeUnit.SECONDS));
    }

    /** One transaction each: what fails does not hold up the rest, and is tried again later. */
    void answerAll() {
        for (UUID id : answering.waiting()) {
            if (!attempt("answer a subscriber", () -> answering.answer(id))) {
                attempt("put a subscriber's question off", () -> answering.postpone(id));
            }
        }
    }

    /** A webhook that answers slowly holds up itself alone; few at once, whatever is due. */
    private void tellPrograms() {
        attempt("look for webhooks", () -> dueWebhooks = telling.due());
        for (UUID webhook : dueWebhooks) {
            if (beingTold.size() < MOST_AT_ONCE && beingTold.add(webhook)) {
                executor.execute(() -> {
                    try {
                        telling.tell(webhook, step -> () -> attempt("tell a program", step));
                    } finally {
                        beingTold.remove(webhook);
                    }
                });
            }
        }
    }

    private void sendDue() {
        issues.due().forEach(id -> attempt("send the scheduled issue " + id.value(), () -> issues.sendDue(id)));
    }

    /** One failure, such as a database that is away, must not end the schedule. @return whether it was done */
    private boolean attempt(String what, Runnable work) {
        try {
            gate.pass(proofs.first(KIND, work));
            return true;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "Could not {0} this time: {1}", new Object[] {
                what, e.getClass().getName()
            });
            return false;
        }
    }

    @PreDestroy
    @Override
    public void beginNothingMore() {
        gate.close();
        running.forEach(task -> task.cancel(false));
    }

    @Override
    public void finish(Duration patience) {
        gate.awaitEmpty(patience);
    }
}
