package org.tidings.mail.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what goes over which connection, and when: the one place that knows servers, limits and turns. The connections ask
 * for work and tell what became of it. For any number of threads.
 */
interface Traffic {

    /**
     * Room for one connection, used by one thread as long as the engine runs.
     *
     * @param number from 0, for the thread's name
     * @param accountMailOnly kept free for account mail, so that a mailing cannot hold it up
     */
    record Line(int number, MailServer server, boolean accountMailOnly) {}

    /** Every line there may be. */
    List<Line> lines();

    /** Whether something waits that may go over the line now or soon, so that a connection is worth having. */
    boolean wants(Line line);

    /** Takes the next work that may go over the line now; null when there is none. Does not wait. */
    @Nullable
    Work next(Line line);

    /** Waits until {@link #next} may give something, but not longer than told. */
    void await(Line line, long millis) throws InterruptedException;

    /** Takes back what {@link #next} gave and what could not be begun: it is the next of its kind again. */
    void putBack(Work work);

    /** Told what became of a try, also of one that ended before its content. */
    void replied(Line line, Work work, Reply reply);

    /** Told that the server took the connection. */
    void connected(Line line);

    /** Told why there is no connection. */
    void notConnected(Line line, String why);
}
