package org.tidings.mail.internal.returned;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.site.Jobs;
import org.tidings.site.Now;
import org.tidings.site.Transactions;

/**
 * Handles what was stored, the oldest first, each in one transaction, by whichever node is first. A mail that cannot be handled is tried
 * a few times and then put aside for people, so that it does not hold up the others. One thread.
 */
final class HandlingMails {

    private static final Logger LOG = Logger.getLogger(HandlingMails.class.getName());
    private static final int HANDLED_AT_ONCE = 20;
    private static final int TRIES = 5;
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final Transactions transactions;
    private final ReturnedMailBook book;
    private final ReturnedMailHandler handler;
    private final Clock clock;
    private final Rounds rounds;
    private final Runnable handling;
    /** Of the thread that handles. */
    private int handled;

    private OffsetDateTime sweptAt;
    private final Map<UUID, Integer> failures = new HashMap<>();

    HandlingMails(
            Transactions transactions,
            ReturnedMailBook book,
            ReturnedMailHandler handler,
            Clock clock,
            Rounds rounds,
            Jobs jobs) {
        this.transactions = transactions;
        this.book = book;
        this.handler = handler;
        this.clock = clock;
        this.rounds = rounds;
        this.sweptAt = now().minus(SWEEP_EVERY);
        this.handling = jobs.listed("handle-returned-mail", Rounds.LOOK_EVERY, this::handle);
    }

    void start() {
        rounds.thread("tidings-returned-handling", this::always);
    }

    private void always() {
        while (rounds.running()) {
            handled = 0;
            try {
                handling.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "returned mail could not be handled this time: {0}", e.toString());
            }
            if (handled == 0) {
                rounds.rest();
            }
        }
    }

    private void handle() {
        handled = handleWaiting();
        if (!now().isBefore(sweptAt.plus(SWEEP_EVERY))) {
            sweptAt = now();
            transactions.call(() -> book.dropRaw(now()));
        }
    }

    /** Handles the oldest. Returns how many; what failed comes again. */
    int handleWaiting() {
        List<UUID> waiting = transactions.call(() -> book.waiting(HANDLED_AT_ONCE));
        int handled = 0;
        for (UUID id : waiting) {
            Optional<ReturnedMailBook.Kept> kept = transactions.call(() -> book.find(id));
            handled += kept.isPresent() && isHandled(kept.get()) ? 1 : 0;
        }
        return handled;
    }

    private boolean isHandled(ReturnedMailBook.Kept kept) {
        try {
            transactions.run(() -> handler.handle(kept));
            failures.remove(kept.id());
            return true;
        } catch (RuntimeException | Error e) {
            // Whatever one mail does to us, the others wait behind it.
            failed(kept, e);
            return false;
        }
    }

    private void failed(ReturnedMailBook.Kept kept, Throwable why) {
        int times = failures.merge(kept.id(), 1, Integer::sum);
        LOG.log(Level.WARNING, "a returned mail could not be handled, try " + times, why);
        if (times >= TRIES) {
            transactions.run(() -> handler.giveUp(kept));
            failures.remove(kept.id());
        }
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }
}
