package org.tidings.web.pages;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What every visitor of the first page is shown alike, kept for a second, or until something was changed by way of this node: so that a
 * crowd costs the database one look a second. Another node's change shows a second later at most.
 */
@ApplicationScoped
public class Kept {

    private static final long FOR_MILLIS = 1_000;

    private record Entry(Object value, long since) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Clock clock;

    /** For CDI's proxy. */
    protected Kept() {
        this(Clock.systemUTC());
    }

    @Inject
    public Kept(Clock clock) {
        this.clock = clock;
    }

    /**
     * What was found lately, or what is found now.
     *
     * @param name of what is looked for, one type for each
     */
    @SuppressWarnings("unchecked")
    public <T> T get(String name, Supplier<T> look) {
        long now = clock.millis();
        Entry kept = entries.get(name);
        // A clock that was put back keeps nothing.
        if (kept != null && now >= kept.since() && now - kept.since() < FOR_MILLIS) {
            return (T) kept.value();
        }
        T found = look.get();
        entries.put(name, new Entry(found, now));
        return found;
    }

    void forget() {
        entries.clear();
    }

    /** Whoever has just changed something sees it. */
    @Provider
    @ApplicationScoped
    public static class Changes implements ContainerResponseFilter {

        private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD");

        @Inject
        Kept kept;

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (!CHANGE_NOTHING.contains(request.getMethod())) {
                kept.forget();
            }
        }
    }
}
