package org.tidings.mail.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The senders that have a mail in their hands, and the mails whose content has gone out and whose reply has not come. Once it is closed
 * nobody takes a mail any more.
 */
final class InFlight {

    private int senders;
    private int mails;
    private boolean closed;

    /** A sender is about to take a mail. @return false when it must not */
    synchronized boolean enter() {
        if (!closed) {
            senders++;
        }
        return !closed;
    }

    /** It has none in its hands any more. */
    synchronized void leave() {
        senders--;
        notifyAll();
    }

    /** A mail's content goes out. */
    synchronized void begins() {
        mails++;
    }

    /** Its reply is known, or will not be. */
    synchronized void over() {
        mails--;
    }

    synchronized void close() {
        closed = true;
    }

    /** Waits until no sender has a mail. @return false when the time was over before */
    synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (senders > 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left + 999_999);
        }
        return true;
    }

    /** Mails of which it is not known whether the server took them. */
    synchronized int mails() {
        return mails;
    }
}
