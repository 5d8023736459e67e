package org.tidings.mail.internal.sending;

import java.util.concurrent.atomic.AtomicInteger;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.site.Gate;

/** Who has a mail in hand, and the mails of which nobody knows yet whether the server took them. */
final class InFlight {

    private final Gate senders;
    private final AtomicInteger mails = new AtomicInteger();

    InFlight(Machine machine) {
        senders = new Gate(machine.lock());
    }

    /** Senders that have a mail in hand, or are about to take one. Closed, nobody takes one any more. */
    Gate senders() {
        return senders;
    }

    /** A mail's content goes out. */
    void begins() {
        mails.incrementAndGet();
    }

    /** Its reply is known, or will not be. */
    void over() {
        mails.decrementAndGet();
    }

    /** Mails whose content has gone out and whose reply has not come. */
    int mails() {
        return mails.get();
    }
}
