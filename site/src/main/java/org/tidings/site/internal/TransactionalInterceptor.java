package org.tidings.site.internal;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.Transactional;

/** Keeps the promise of {@link Transactional}. */
@Transactional
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
class TransactionalInterceptor {

    @Inject
    JdbcTransactions transactions;

    @AroundInvoke
    Object inTransaction(InvocationContext call) throws Exception {
        return transactions.invoke(call::proceed);
    }
}
