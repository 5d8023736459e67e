package org.tidings.mail.internal.traffic;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.smtp.MailServer;

/**
 * Decides what goes over which connection, and when: the one place that knows servers, limits and turns. It holds what is claimed
 * and not begun; the connections ask for work and tell what became of it. For any number of threads.
 */
public interface Traffic {

    /**
     * Room for one connection, used by one thread as long as the engine runs.
     *
     * @param number from 0, for the thread's name
     * @param accountMailOnly kept free for account mail, so that a mailing cannot hold it up
     */
    record Line(int number, MailServer server, boolean accountMailOnly) {}

    /** Every line there may be. */
    List<Line> lines();

    /**
     * Takes what was claimed together.
     *
     * @return what will go before long; the rest was given back, to be claimed at a better time
     */
    List<Work> add(Collection<Work> works);

    /** Takes out what the predicate names and what is not begun. */
    List<Work> remove(Predicate<Work> which);

    /** How much of a mailing waits; 0 is the letters' number. */
    int waiting(MessageClass lane, int mailing);

    /** Whoever {@linkplain #awaitChange waits} is woken when so much of a mailing is left. */
    void lowWater(int size);

    /** Waits until something came or went, but not longer than told. */
    void awaitChange(long millis) throws InterruptedException;

    /** Wakes whoever waits. */
    void wake();

    /** Writes and reads what holds for all nodes. Called about twice a second by the thread that speaks to the database. */
    void synchronise();

    /**
     * Whether something waits that may go over the line now or soon, so that a connection is worth having. Who has none and is told yes
     * connects, and says what came of it: the others count on it.
     */
    boolean wants(Line line);

    /** Takes the next work that may go over the line now; null when there is none. Does not wait. */
    @Nullable
    Work next(Line line);

    /** Waits until {@link #next} may give something, but not longer than told. */
    void await(Line line, long millis) throws InterruptedException;

    /** Takes back what {@link #next} gave and what could not be begun: it is the next of its kind again. */
    void putBack(Work work);

    /** Told that what {@link #next} gave ended without a try. */
    void withdrawn(Work work);

    /** Told what became of a try, also of one that ended before its content. */
    void replied(Line line, Work work, Reply reply);

    /** Told that the server took the connection. */
    void connected(Line line);

    /**
     * Told why there is no connection.
     *
     * @param signInRefused whether the server knows us not: it is not to be asked again soon
     */
    void notConnected(Line line, String why, boolean signInRefused);

    /** Told that the line's connection is no more. */
    void disconnected(Line line);

    /**
     * Whether the line needs a new connection: the one that it has carried as much as the next mail's receiver lets one carry, or
     * it is of before its server went down. A connection tells by nothing else that its other end is gone.
     */
    boolean isWorn(Line line);
}
