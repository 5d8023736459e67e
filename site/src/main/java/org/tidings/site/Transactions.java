package org.tidings.site;

import java.util.concurrent.Callable;

/**
 * The one way to change the database, in a request and off it: whatever happens inside {@link #call} on one thread, through any
 * persistence unit and any SQL, is one transaction of one connection. It does not depend on a container.
 *
 * <p>A call inside of a transaction joins it. What throws rolls back: at the outermost call everything; a call that joined and
 * threw condemns the whole, also when somebody catches the exception, because half of the work is missing then.
 */
public interface Transactions {

    /**
     * Runs the work in this thread's transaction, or in one that is begun for it and committed when it returns.
     *
     * @return what the work returned
     * @throws TransactionFailed when no connection is to be had, the commit fails, or a part that joined had failed; nothing is
     *     written then, unless only the answer to a commit got lost
     */
    <T> T call(Callable<T> work);

    /** The same without a result. */
    default void run(Work work) {
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Work that may throw. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
