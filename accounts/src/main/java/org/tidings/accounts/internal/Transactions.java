package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/**
 * Transactions around parts of a use case: password hashing takes its time and must not hold a connection, and a counted try
 * must stay counted when the use case ends in an exception.
 */
@ApplicationScoped
class Transactions {

    @Transactional
    <T> T call(Supplier<T> work) {
        return work.get();
    }

    @Transactional
    void run(Runnable work) {
        work.run();
    }
}
