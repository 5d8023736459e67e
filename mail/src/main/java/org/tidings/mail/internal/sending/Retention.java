package org.tidings.mail.internal.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.site.Jobs;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * Drops who got which mail once it was kept for long enough: the rows of ended mailings, and letters that are over. Figures and
 * texts of mailings stay. In small portions, for any number of nodes at once.
 */
final class Retention {

    private static final long EVERY_MILLIS = 3_600_000;
    private static final int PORTION = 5_000;

    private final MailSettings settings;
    private final Sql sql;
    private final Transactions transactions;
    private final Clock clock;
    private final Lifetime lifetime;
    private final Happenings happenings;
    private final MailingBook mailings;

    Retention(
            MailSettings settings,
            Sql sql,
            Transactions transactions,
            Clock clock,
            Lifetime lifetime,
            Happenings happenings,
            MailingBook mailings) {
        this.settings = settings;
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.lifetime = lifetime;
        this.happenings = happenings;
        this.mailings = mailings;
    }

    /** One thread's work until the end. */
    Runnable asJobs(Jobs jobs) {
        Duration every = Duration.ofMillis(EVERY_MILLIS);
        Runnable looking = jobs.listed("look-at-books", every, this::lookAtBooksOfBefore);
        Runnable dropping = jobs.listed("drop-deliveries", every, this::dropWhatIsOld);
        return () -> run(looking, dropping);
    }

    private void run(Runnable looking, Runnable dropping) {
        try {
            do {
                attempt(looking, "looking at the books of earlier mailings failed; tried again in an hour");
                attempt(dropping, "dropping old deliveries failed; tried again in an hour");
            } while (!lifetime.stopsWithin(EVERY_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Runnable work, String failed) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            happenings.failed(e, failed);
        }
    }

    /** Mailings that finished before their books were balanced at the end: once each. */
    void lookAtBooksOfBefore() {
        OffsetDateTime keptSince = Now.by(clock).minus(settings.keepDeliveries());
        for (int mailing : mailings.notLookedAt(keptSince)) {
            if (!lifetime.stopping()) {
                attempt(
                        () -> transactions.run(() -> mailings.lookAtBooksOf(mailing)),
                        "looking at the books of mailing " + mailing + " failed; tried again in an hour");
            }
        }
    }

    /** @return rows dropped */
    long dropWhatIsOld() {
        OffsetDateTime before = Now.by(clock).minus(settings.keepDeliveries());
        long dropped = 0;
        List<Integer> old = sql.list(
                "select number from mail.mailings where finished_at < ? and not active",
                row -> row.getInt("number"),
                before);
        for (int mailing : old) {
            for (long portion = PORTION; portion == PORTION && !lifetime.stopping(); dropped += portion) {
                portion = deliveriesOf(mailing);
            }
        }
        for (long portion = PORTION; portion == PORTION && !lifetime.stopping(); dropped += portion) {
            portion = letters(before);
        }
        return dropped;
    }

    private long deliveriesOf(int mailing) {
        return transactions.call(() -> {
            List<UUID> portion = sql.list(
                    "select recipient from mail.deliveries where mailing = ? order by recipient limit ?",
                    row -> Sql.id(row, "recipient"),
                    mailing,
                    PORTION);
            return (long)
                    (portion.isEmpty()
                            ? 0
                            : sql.update(
                                    "delete from mail.deliveries where mailing = ? and recipient = any (?)",
                                    mailing,
                                    portion));
        });
    }

    private long letters(OffsetDateTime before) {
        return transactions.call(() -> {
            List<UUID> portion = sql.list(
                    "select id from mail.letters where next_try is null and at < ? limit ?",
                    row -> Sql.id(row, "id"),
                    before,
                    PORTION);
            return (long) (portion.isEmpty() ? 0 : sql.update("delete from mail.letters where id = any (?)", portion));
        });
    }
}
