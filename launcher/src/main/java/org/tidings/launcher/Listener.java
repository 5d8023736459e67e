package org.tidings.launcher;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.threadpool.GrizzlyExecutorService;

/**
 * Where the container listens. Until its application is there that is a port of this machine which nobody knows, then its transport is
 * bound to the site's. Its configuration says the first one for ever: told of another port it would make a listener anew, without the
 * application.
 *
 * <p>The container's own classes are called by name: the launcher is compiled without them.
 */
final class Listener {

    static final String BEHIND_THE_DOOR = "127.0.0.1";

    private static final int BACKLOG = 4096;

    private Listener() {}

    /** A port of this machine that is free now. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Moves the running container's one listener, and has whole bodies alone come in there, to threads of their own. */
    static void moveTo(String address, int port, Clients clients) throws ReflectiveOperationException, IOException {
        TCPNIOTransport transport = transport();
        FilterChain filters = (FilterChain) transport.getProcessor();
        Refusals refusals = new Refusals().published();
        int codec = filters.indexOfType(HttpServerFilter.class);
        ((HttpServerFilter) filters.get(codec)).getMonitoringConfig().addProbes(new RawHeaders());
        var threads = new RequestThreads(((GrizzlyExecutorService) transport.getWorkerThreadPool()).getConfiguration());
        filters.add(codec + 1, new WholeBodies(clients, threads, refusals));
        filters.add(filters.indexOfType(TransportFilter.class) + 1, new ConnectionLimit(clients, refusals));
        transport.unbindAll();
        transport.bind(new InetSocketAddress(address, port), BACKLOG);
    }

    private static TCPNIOTransport transport() throws ReflectiveOperationException {
        Class<?> type = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
        Object locator = Class.forName("org.glassfish.internal.api.Globals")
                .getMethod("getDefaultHabitat")
                .invoke(null);
        Object service = Class.forName("org.glassfish.hk2.api.ServiceLocator")
                .getMethod("getService", Class.class, Annotation[].class)
                .invoke(locator, type, new Annotation[0]);
        Field proxies = type.getDeclaredField("proxies");
        proxies.setAccessible(true);
        Class<?> listening = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyProxy");
        Object proxy = ((Collection<?>) proxies.get(service))
                .stream()
                        .filter(listening::isInstance)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the container has no listener"));
        Object listener = listening.getMethod("getUnderlyingListener").invoke(proxy);
        return (TCPNIOTransport) listener.getClass().getMethod("getTransport").invoke(listener);
    }
}
