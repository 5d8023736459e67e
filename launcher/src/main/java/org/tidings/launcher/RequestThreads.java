package org.tidings.launcher;

import java.util.Set;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.threadpool.GrizzlyExecutorService;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * The threads that answer: one for whether it lives, which asks no database; two for what else asks how the site is; and the others. The container's own read, refuse and take bodies in, so
 * none of that waits for an answer either.
 */
final class RequestThreads {

    private static final int MOST = 64;
    private static final int OF_STATE = 2;
    private static final Set<String> LIFE = Set.of("/health/live", "/health/started");
    private static final Set<String> STATE = Set.of("/health", "/health/ready", "/metrics");

    private final Executor others;
    private final Executor state;
    private final Executor life;

    /** @param like the container's own, with its class loader and its patience */
    RequestThreads(ThreadPoolConfig like) {
        others = pool(like, "requests", OF_STATE, MOST);
        state = pool(like, "state", OF_STATE, OF_STATE);
        life = pool(like, "life", 1, 1);
    }

    /** A copy would take its tasks out of the same queue, under the same name, if it were not told otherwise. */
    private static Executor pool(ThreadPoolConfig like, String name, int least, int most) {
        return GrizzlyExecutorService.createInstance(like.copy()
                .setQueue(null)
                .setThreadFactory(null)
                .setPoolName(name)
                .setCorePoolSize(least)
                .setMaxPoolSize(most));
    }

    /** @throws java.util.concurrent.RejectedExecutionException by what is returned, when too many wait */
    Executor of(HttpRequestPacket request) {
        String path = request.getRequestURI();
        if (LIFE.contains(path)) {
            return life;
        }
        return STATE.contains(path) ? state : others;
    }
}
