package org.tidings.accounts.internal;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.site.DatabaseMigrated;
import org.tidings.site.DatabaseReady;
import org.tidings.site.EndsInOrder;
import org.tidings.site.Gate;
import org.tidings.site.SiteHasEnded;
import org.tidings.site.TransactionProofs;

/** What happens without anybody waiting: requests are answered, due accounts erased, what has served is deleted. */
@ApplicationScoped
class Background implements EndsInOrder {

    private static final Logger LOG = Logger.getLogger(Background.class.getName());
    /** Of threads, as the proof of their transactions calls them. */
    private static final String KIND = "accounts-schedule";

    private static final long ANSWER_EVERY_MILLIS = 300;
    private static final long COPY_EVERY_SECONDS = 5;
    private static final long TIDY_EVERY_MINUTES = 10;

    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    AnsweringRequests answering;

    @Inject
    ErasingAccounts erasing;

    @Inject
    AskingForErasures asked;

    @Inject
    ErasureLedger ledger;

    @Inject
    ClosingLedger closings;

    @Inject
    Retention retention;

    @Inject
    TransactionProofs proofs;

    private final List<ScheduledFuture<?>> jobs = new ArrayList<>();
    private final Gate gate = new Gate();

    /**
     * Nobody who is back by a restored backup may be written to: nothing begins until this has been done. Before the modules above repeat
     * what they know.
     */
    void repeatErasures(@Observes DatabaseMigrated migrated) {
        // Where it fails nothing is sent, and whoever runs the site is told; the erasures are repeated all the same.
        proofs.prove("start");
        ledger.repeatAndCopy();
        closings.repeatAndCopy();
        asked.doubtWhatABackupBroughtBack();
    }

    /** Requests are over, and the database is there for the last time: what they changed must be outside too. */
    void copyForTheLastTime(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) SiteHasEnded ended) {
        try {
            ledger.copyForTheLastTime();
            closings.copyForTheLastTime();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "the newest erasures are copied at the next start: {0}",
                    e.getClass().getName());
        }
    }

    void begin(@Observes DatabaseReady ready) {
        executor.execute(proofs.first(KIND, () -> {}));
        jobs.add(executor.scheduleWithFixedDelay(
                () -> guarded("copy-erasures", ledger::repeatAndCopy),
                COPY_EVERY_SECONDS,
                COPY_EVERY_SECONDS,
                TimeUnit.SECONDS));
        jobs.add(executor.scheduleWithFixedDelay(
                () -> guarded("copy-deactivations", closings::repeatAndCopy),
                COPY_EVERY_SECONDS,
                COPY_EVERY_SECONDS,
                TimeUnit.SECONDS));
        jobs.add(executor.scheduleWithFixedDelay(
                () -> guarded("answer-requests", this::answerAll),
                ANSWER_EVERY_MILLIS,
                ANSWER_EVERY_MILLIS,
                TimeUnit.MILLISECONDS));
        jobs.add(executor.scheduleWithFixedDelay(
                () -> guarded("tidy-accounts", this::tidy), 1, TIDY_EVERY_MINUTES, TimeUnit.MINUTES));
    }

    @PreDestroy
    @Override
    public void beginNothingMore() {
        gate.close();
        jobs.forEach(job -> job.cancel(false));
    }

    @Override
    public void finish(Duration patience) {
        gate.awaitEmpty(patience);
    }

    /** One transaction each: what fails does not hold up the rest, and is tried again. */
    void answerAll() {
        answering.waiting().forEach(id -> guarded("answer-request", () -> answering.answer(id)));
    }

    void tidy() {
        erasing.due().forEach(id -> guarded("erase-account", () -> erasing.eraseIfDue(id)));
        asked.doubtWhatABackupBroughtBack();
        asked.due().forEach(id -> guarded("erase-as-asked", () -> asked.eraseIfDue(id)));
        retention.deleteWhatHasServed();
    }

    /** Whatever is thrown would end the schedule for good, an error too. The message may hold values, so only its type is logged (SEC-66). */
    private void guarded(String job, Runnable work) {
        try {
            gate.pass(proofs.first(KIND, work));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "{0} failed: {1}", new Object[] {
                job, e.getClass().getName()
            });
        }
    }
}
