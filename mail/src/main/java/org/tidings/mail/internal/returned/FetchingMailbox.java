package org.tidings.mail.internal.returned;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.site.Jobs;
import org.tidings.site.Now;
import org.tidings.site.Transactions;

/** Fetches from a mailbox elsewhere, one node at a time: who fetches has the lease. */
final class FetchingMailbox {

    private static final Logger LOG = Logger.getLogger(FetchingMailbox.class.getName());
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final String LEASE_NAME = "returned-mailbox";

    private final ReturnSettings settings;
    private final Transactions transactions;
    private final ReturnedMailBook book;
    private final Clock clock;
    private final KeepingMails keeping;
    private final Rounds rounds;
    private final Jobs jobs;
    private final UUID node = UUID.randomUUID();
    private volatile boolean leased;
    private volatile String trouble = "";

    FetchingMailbox(
            ReturnSettings settings,
            Transactions transactions,
            ReturnedMailBook book,
            Clock clock,
            KeepingMails keeping,
            Rounds rounds,
            Jobs jobs) {
        this.jobs = jobs;
        this.settings = settings;
        this.transactions = transactions;
        this.book = book;
        this.clock = clock;
        this.keeping = keeping;
        this.rounds = rounds;
    }

    void start() {
        settings.mailbox().ifPresent(mailbox -> rounds.thread("tidings-returned-mailbox", () -> always(mailbox)));
    }

    /** After the last round: the mailbox is free for another node then. */
    void giveBack() {
        if (!leased) {
            return;
        }
        try {
            transactions.run(() -> book.giveBackLease(LEASE_NAME, node, now()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the mailbox for returned mail stays this node''s for a while: {0}", e.toString());
        }
    }

    /** The mailbox for people, with what is wrong with it; empty when there is none. */
    Optional<String> state() {
        return settings.mailbox().map(mailbox -> mailbox + (trouble.isEmpty() ? "" : " (" + trouble + ")"));
    }

    private void always(ReturnSettings.Mailbox mailbox) {
        MailboxFetcher fetcher = new MailboxFetcher(mailbox);
        Runnable reading = jobs.listed("fetch-returned-mail", settings.mailboxEvery(), () -> read(fetcher));
        while (rounds.running()) {
            once(reading);
            rounds.rest(settings.mailboxEvery());
        }
    }

    private void once(Runnable reading) {
        try {
            reading.run();
            trouble = "";
        } catch (NotReadable e) {
            troubled(e.why);
        } catch (RuntimeException e) {
            troubled(e);
        }
    }

    private void troubled(Exception why) {
        if (trouble.isEmpty()) {
            LOG.log(Level.WARNING, "the mailbox for returned mail cannot be read: {0}", why.toString());
        }
        trouble = why.getClass().getSimpleName();
    }

    private void read(MailboxFetcher fetcher) {
        if (!lease()) {
            return;
        }
        try {
            int fetched = fetcher.fetch(raw -> keeping.keep("mailbox", null, raw), () -> rounds.running() && lease());
            if (fetched > 0) {
                LOG.info(() -> fetched + " mails fetched from the mailbox for returned mail");
            }
        } catch (MessagingException e) {
            throw new NotReadable(e);
        }
    }

    private static final class NotReadable extends RuntimeException {
        private final MessagingException why;

        NotReadable(MessagingException why) {
            super(why);
            this.why = why;
        }
    }

    private boolean lease() {
        leased = transactions.call(() -> book.lease(LEASE_NAME, node, now(), now().plus(LEASE)));
        return leased;
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
