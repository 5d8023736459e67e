package org.tidings.mail.internal.returned;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.tidings.site.Now;
import org.tidings.site.Transactions;

/** Stores what comes, by whatever way, in a transaction of its own, before anybody looks at it. */
final class KeepingMails {

    private final Transactions transactions;
    private final ReturnedMailBook book;
    private final Clock clock;
    private final Rounds rounds;

    KeepingMails(Transactions transactions, ReturnedMailBook book, Clock clock, Rounds rounds) {
        this.transactions = transactions;
        this.book = book;
        this.clock = clock;
        this.rounds = rounds;
    }

    /** Stored and committed when this returns. */
    void keep(String way, @Nullable String recipient, byte[] raw) {
        keep(way, recipient, raw, raw);
    }

    /** @param once what no other mail or report by that way has */
    void keep(String way, @Nullable String recipient, byte[] raw, byte[] once) {
        transactions.run(() -> book.keep(way, recipient, raw, once, Now.by(clock)));
        rounds.wake();
    }
}
