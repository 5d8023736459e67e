package org.tidings.newsletter.internal;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.newsletter.internal.webhooks.TellingPrograms;
import org.tidings.site.DatabaseMigrated;
import org.tidings.site.DatabaseReady;
import org.tidings.site.EndsInOrder;
import org.tidings.site.Jobs;
import org.tidings.site.SiteHasEnded;
import org.tidings.site.TransactionProofs;

/** Does what comes due: sends scheduled issues, files sent ones, tidies up. Harmless on several nodes at once. */
@ApplicationScoped
class Background implements EndsInOrder {

    private static final Logger LOG = Logger.getLogger(Background.class.getName());

    private static final Duration ANSWER_EVERY = Duration.ofMillis(300);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration IMPORT_EVERY = Duration.ofMillis(700);
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);
    private static final Duration HOURLY = Duration.ofHours(1);

    private static final String ANSWERING = "answer-subscribers";
    private static final String SENDING = "send-scheduled-issues";
    private static final String TELLING = "tell-programs";

    /** Webhooks that are sent to. */
    private static final int MOST_AT_ONCE = 4;

    private static final int AFTER_OTHERS = Interceptor.Priority.LIBRARY_AFTER;

    @Inject
    Jobs jobs;

    @Inject
    StoredIssues issues;

    @Inject
    Housekeeping housekeeping;

    @Inject
    AnsweringSubscribers answering;

    @Inject
    OptOutLedger optOuts;

    @Inject
    StoredImports imports;

    @Inject
    TellingPrograms telling;

    @Inject
    TransactionProofs proofs;

    /** For programs that answer slowly: each on a thread of its own. */
    @Resource
    ManagedScheduledExecutorService executor;

    private final Set<UUID> beingTold = ConcurrentHashMap.newKeySet();

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
        imports.afterStart();
        jobs.every(ANSWERING, ANSWER_EVERY, ANSWER_EVERY, this::answerAll);
        jobs.every(SENDING, LOOK_EVERY, LOOK_EVERY, this::sendDue);
        jobs.every("copy-opt-outs", LOOK_EVERY, LOOK_EVERY, optOuts::repeatAndCopy);
        jobs.every("file-sent-issues", LOOK_EVERY, LOOK_EVERY, issues::settle);
        jobs.every("import-subscribers", IMPORT_EVERY, IMPORT_EVERY, imports::work);
        jobs.every(TELLING, TELL_EVERY, TELL_EVERY, this::tellPrograms);
        jobs.every("forget-told", Duration.ofMinutes(3), HOURLY, telling::forget);
        jobs.every("tidy-newsletters", Duration.ofMinutes(1), HOURLY, housekeeping::tidyUp);
        jobs.every("forget-drafts", Duration.ofMinutes(2), HOURLY, issues::forgetDiscarded);
        jobs.every("forget-imports", Duration.ofMinutes(3), HOURLY, imports::tidyUp);
        jobs.every("hash-addresses", LOOK_EVERY, Duration.ofMinutes(1), housekeeping::fillAddressHashes);
    }

    /** One transaction each: what fails does not hold up the rest, and is tried again later. */
    void answerAll() {
        for (UUID id : answering.waiting()) {
            if (!jobs.attempt(ANSWERING, () -> answering.answer(id))) {
                jobs.attempt(ANSWERING, () -> answering.postpone(id));
            }
        }
    }

    /** A webhook that answers slowly holds up itself alone; few at once, whatever is due. */
    private void tellPrograms() {
        for (UUID webhook : telling.due()) {
            if (beingTold.size() < MOST_AT_ONCE && beingTold.add(webhook)) {
                beginTelling(webhook);
            }
        }
    }

    private void beginTelling(UUID webhook) {
        boolean begun = false;
        try {
            executor.execute(proofs.first(TELLING, () -> tell(webhook)));
            begun = true;
        } finally {
            if (!begun) {
                beingTold.remove(webhook);
            }
        }
    }

    private void tell(UUID webhook) {
        try {
            telling.tell(webhook, step -> () -> jobs.attempt(TELLING, step));
        } finally {
            beingTold.remove(webhook);
        }
    }

    private void sendDue() {
        issues.due().forEach(id -> jobs.attempt(SENDING, () -> issues.sendDue(id)));
    }

    /** An import goes on at the next start. */
    @Override
    public void beginNothingMore() {
        imports.stop();
    }

    @Override
    public void finish(Duration patience) {
        // Jobs waits for those at work.
    }
}
