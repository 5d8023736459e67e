package org.tidings.accounts.internal;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.site.DatabaseMigrated;
import org.tidings.site.DatabaseReady;
import org.tidings.site.Jobs;
import org.tidings.site.SiteHasEnded;
import org.tidings.site.TransactionProofs;

/** What happens without anybody waiting: requests are answered, due accounts erased, what has served is deleted. */
@ApplicationScoped
class Background {

    private static final Logger LOG = Logger.getLogger(Background.class.getName());
    private static final Duration ANSWER_EVERY = Duration.ofMillis(300);
    private static final Duration COPY_EVERY = Duration.ofSeconds(5);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(10);

    private static final String ANSWERING = "answer-requests";
    private static final String TIDYING = "tidy-accounts";

    @Inject
    Jobs jobs;

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
        jobs.every("copy-erasures", COPY_EVERY, COPY_EVERY, ledger::repeatAndCopy);
        jobs.every("copy-deactivations", COPY_EVERY, COPY_EVERY, closings::repeatAndCopy);
        jobs.every(ANSWERING, ANSWER_EVERY, ANSWER_EVERY, this::answerAll);
        jobs.every(TIDYING, Duration.ofMinutes(1), TIDY_EVERY, this::tidy);
    }

    /** One transaction each: what fails does not hold up the rest, and is tried again. */
    void answerAll() {
        answering.waiting().forEach(id -> jobs.attempt(ANSWERING, () -> answering.answer(id)));
    }

    void tidy() {
        erasing.due().forEach(id -> jobs.attempt(TIDYING, () -> erasing.eraseIfDue(id)));
        asked.doubtWhatABackupBroughtBack();
        asked.due().forEach(id -> jobs.attempt(TIDYING, () -> asked.eraseIfDue(id)));
        retention.deleteWhatHasServed();
    }
}
