package org.tidings.web.health;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times requests by method, route template and status: never by path, which may hold a token or say what a
 * person looked at (P8).
 */
@ApplicationScoped
public class RequestTimes {

    /** Upper bounds of the histogram's buckets. */
    static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};

    private static final String STARTED = "tidings.started";

    record Route(String method, String template, int status) {}

    static final class Times {
        final LongAdder[] buckets = new LongAdder[SECONDS.length];
        final LongAdder count = new LongAdder();
        final LongAdder nanos = new LongAdder();

        Times() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        void add(long tookNanos) {
            count.increment();
            nanos.add(tookNanos);
            for (int i = 0; i < buckets.length; i++) {
                if (tookNanos <= SECONDS[i] * 1e9) {
                    buckets[i].increment();
                    break;
                }
            }
        }
    }

    private final Map<Route, Times> routes = new ConcurrentHashMap<>();

    void add(Route route, long tookNanos) {
        routes.computeIfAbsent(route, r -> new Times()).add(tookNanos);
    }

    Map<Route, Times> routes() {
        return routes;
    }

    /** Notes when a request came, before anything else looks at it. */
    @Provider
    @PreMatching
    @Priority(0)
    @ApplicationScoped
    public static class Clock implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty(STARTED, System.nanoTime());
        }
    }

    /** Notes how it ended. */
    @Provider
    @ApplicationScoped
    public static class Meter implements ContainerResponseFilter {

        @Inject
        RequestTimes times;

        @Context
        @SuppressWarnings("NullAway.Init")
        ResourceInfo resource;

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (request.getProperty(STARTED) instanceof Long started) {
                times.add(
                        new Route(request.getMethod(), template(resource.getResourceMethod()), response.getStatus()),
                        System.nanoTime() - started);
            }
        }
    }

    static String template(@Nullable Method method) {
        if (method == null) {
            return "none";
        }
        return ("/" + path(method.getDeclaringClass().getAnnotation(Path.class)) + "/"
                        + path(method.getAnnotation(Path.class)))
                .replaceAll("/{2,}", "/")
                .replaceAll("(?<=.)/$", "");
    }

    private static String path(@Nullable Path path) {
        return path == null ? "" : path.value();
    }
}
