package org.tidings.mail.internal;

import java.util.concurrent.Callable;

/** Runs work in a transaction of its own: committed when it returns, rolled back when it throws. */
interface Transactions {

    <T> T call(Callable<T> work);

    default void run(Work work) {
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
