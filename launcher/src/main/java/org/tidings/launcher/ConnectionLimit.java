package org.tidings.launcher;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * Lets one client have so many connections and no more, so that nobody uses up the process' file handles by opening them (SEC-19). Further
 * ones are closed at once, without an answer, counted and said in the log. Proxies of the site are not counted: theirs are everybody's.
 */
final class ConnectionLimit extends BaseFilter {

    /** More than an office behind one address, or a proxy that is not said to be one, has; far below what a process may open. */
    static final int MOST = 512;

    private static final Attribute<String> COUNTED =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("tidings.counted");

    private final Clients clients;
    private final Refusals refusals;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    ConnectionLimit(Clients clients, Refusals refusals) {
        this.clients = clients;
        this.refusals = refusals;
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        Optional<String> client = clients.direct(connection);
        if (client.isEmpty()) {
            return context.getInvokeAction();
        }
        COUNTED.set(connection, client.get());
        if (open.merge(client.get(), 1, Integer::sum) <= MOST) {
            return context.getInvokeAction();
        }
        refusals.countAndSay(
                "connections",
                "connections were closed at once: their client had " + MOST
                        + " open. If that is a proxy of yours, name it in tidings.http.trusted-proxies.");
        connection.closeSilently();
        return context.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        String client = COUNTED.remove(context.getConnection());
        if (client != null) {
            open.computeIfPresent(client, (name, own) -> own <= 1 ? null : own - 1);
        }
        return context.getInvokeAction();
    }
}
