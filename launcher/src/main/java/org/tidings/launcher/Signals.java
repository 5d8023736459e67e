package org.tidings.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What asks a process to end: SIGTERM, SIGINT (Ctrl-C) and SIGHUP (its terminal has gone).
 *
 * <p>Left alone, the JVM answers them by running all shutdown hooks at once, the container's and the log's among them, so that
 * nothing can end in order. With a handler of ours nothing ends until we say so.
 *
 * <p>Called by name: {@code sun.misc.Signal} is in every JDK and has no successor (JEP 260), and the compiler warns of it.
 */
final class Signals {

    private static final List<String> THAT_END = List.of("TERM", "INT", "HUP");

    private Signals() {}

    /**
     * From now on these signals call the handler with their number, each in a thread of its own. One that the process was told to
     * ignore ({@code nohup}), or that does not exist on this system, stays as it is.
     */
    static void handle(IntConsumer handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            Object ours = Proxy.newProxyInstance(
                    signal.getClassLoader(), new Class<?>[] {signalHandler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle") && args != null) {
                            handler.accept((Integer) number.invoke(args[0]));
                        }
                        return null;
                    });
            Method handle = signal.getMethod("handle", signal, signalHandler);
            for (String name : THAT_END) {
                try {
                    handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
                } catch (InvocationTargetException e) {
                    // Windows has no SIGHUP, and with -Xrs they are the system's.
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no sun.misc.Signal", e);
        }
    }
}
