package org.tidings.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code java -jar tidings.jar}: starts the server's JVM and stays as its guardian, or does what a {@link Command} says. Signals that
 * ask for the end it passes on; the end itself is the server's business.
 *
 * <p>Exit codes: 0 when a command was done, 1 with a sentence when it cannot be, otherwise what the server's JVM ended with: 143 after
 * SIGTERM, 130 after Ctrl-C.
 */
public final class Tidings {

    /** A server that does not end by itself gets this much longer than it gives itself. */
    private static final int LONGER_SECONDS = 15;

    private Tidings() {}

    public static void main(String[] args) throws InterruptedException {
        String otherwise = Command.What.asked(args).otherwise();
        try {
            Command command = Command.of(args);
            System.exit(run(command, new Settings(System.getProperties(), System.getenv())));
        } catch (CannotStart e) {
            System.err.println(otherwise + " " + e.reason());
            System.exit(1);
        } catch (IOException e) {
            System.err.println(otherwise + " " + e);
            System.exit(1);
        }
    }

    private static int run(Command command, Settings settings) throws IOException, InterruptedException {
        switch (command.what()) {
            case START -> {
                return serve(settings);
            }
            case BACKUP -> Console.print(new Backup(settings).to(command.file()));
            case RESTORE -> Console.print(new Restore(settings, command.force()).from(command.file()));
            case PREPARE -> Console.print(prepare(settings));
            case HELP -> Console.print(Command.USAGE);
        }
        return 0;
    }

    private static int serve(Settings settings) throws IOException, InterruptedException {
        settings.check();
        int port = settings.httpPort();
        JavaHome java = JavaHome.find(settings);
        try (DataFolder held = DataFolder.hold(settings)) {
            refuseTakenPort(settings.httpAddress(), port);
            ServerJvm jvm = jvm(java, settings);
            var cache = new ClassCache(jvm);
            Duration longest = settings.longestStop().plusSeconds(LONGER_SECONDS);
            Process server = start(jvm, cache, settings);
            var stop = new Stop(
                    signal -> {
                        cache.giveUp();
                        passOn(signal, server, longest);
                    },
                    signal -> server.destroyForcibly());
            Signals.handle(stop::signalled);
            if (settings.keepsClasses()
                    && !settings.hasOwnRuntimeDir()
                    && cache.isMissing()
                    && cache.fitsBesideAServer()) {
                makeBeside(server, cache, settings);
            }
            // What unpacking took is not needed again; this JVM only waits now.
            System.gc();
            int exit = server.waitFor();
            boolean byItself = exit == 1 && Files.exists(ServerJvm.notBegun(held.path()));
            if (byItself && !settings.javaOptions().isEmpty()) {
                Console.error("The server's JVM did not start. Is " + Settings.JAVA_OPTIONS + " right? It is \""
                        + String.join(" ", settings.javaOptions()) + "\".");
            }
            return exit;
        }
    }

    /**
     * Asks the server to end by its standard input, and ends it when that takes too long. Not by {@link Process#destroy}: that closes the
     * pipe as well, whose end means to the server that its guardian was killed.
     */
    private static void passOn(int signal, Process server, Duration longest) {
        try {
            OutputStream pipe = server.getOutputStream();
            pipe.write(signal);
            pipe.flush();
            if (!server.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                Console.error("The server does not end; it is ended.");
                server.destroyForcibly();
            }
        } catch (IOException e) {
            server.destroyForcibly(); // it has no ear any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuseTakenPort(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot listen on " + address + " port " + port + ": " + e.getMessage()
                            + ". Stop what uses it, or set " + Settings.HTTP_PORT + " or " + Settings.HTTP_ADDRESS
                            + " to another one.",
                    e);
        }
    }

    static Path ownJar() {
        try {
            Path jar = Path.of(Tidings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isRegularFile(jar)) {
                throw new CannotStart("Not started from tidings.jar but from " + jar + ".");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new CannotStart("Cannot tell where tidings.jar is.", e);
        }
    }

    private static Process start(ServerJvm jvm, ClassCache cache, Settings settings) throws IOException {
        Path data = settings.dataDir();
        ServerJvm.prepare(data);
        var builder = new ProcessBuilder(jvm.command(data, settings.keepsClasses() ? cache.flags() : List.of()));
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        // The server's standard input stays a pipe to here. It brings signals; when this process dies in whatever way,
        // the server reads its end.
        ServerJvm.asEnvironment(System.getProperties()).forEach(builder.environment()::put);
        builder.environment().put(ServerJvm.environmentName(Settings.DATA_DIR), data.toString());
        return builder.start();
    }

    /** For the starts to come, when this one is over; everything else on the machine comes first. */
    private static void makeBeside(Process server, ClassCache cache, Settings settings) {
        Thread making = new Thread(
                () -> {
                    try {
                        if (ClassCache.awaitAnswer(settings.httpAddress(), settings.httpPort(), server)) {
                            cache.removeOthers();
                            cache.make(true);
                        }
                    } catch (IOException e) {
                        // Nothing is the worse for it but the time of a start.
                        Console.error("WARNING: Java's class cache could not be made, and starts stay slower: " + e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "class-cache");
        making.setDaemon(true);
        making.start();
    }

    @SuppressWarnings("try") // The folder is only held.
    private static String prepare(Settings settings) throws IOException, InterruptedException {
        settings.check();
        JavaHome java = JavaHome.find(settings);
        if (settings.hasOwnRuntimeDir()) {
            return prepare(jvm(java, settings), settings.keepsClasses());
        }
        try (DataFolder held = DataFolder.hold(settings)) {
            return prepare(jvm(java, settings), settings.keepsClasses());
        }
    }

    private static String prepare(ServerJvm jvm, boolean withClasses) throws IOException, InterruptedException {
        var cache = new ClassCache(jvm);
        if (withClasses && cache.isMissing()) {
            cache.make(false);
        }
        return "Unpacked in " + jvm.installation().home() + ", for Java "
                + jvm.java().version() + (cache.isOfUse() ? ", with a cache of its classes." : ", " + why(cache));
    }

    private static String why(ClassCache cache) {
        if (cache.isMissing()) {
            return "without a cache of its classes: another process is making it.";
        }
        return Files.exists(cache.failure())
                ? "without a cache of its classes: making it failed, and " + cache.failure()
                        + " has what was said. Delete that folder to try again."
                : "without a cache of its classes.";
    }

    private static ServerJvm jvm(JavaHome java, Settings settings) {
        return new ServerJvm(
                java,
                Installation.of(ownJar(), settings.runtimeDir(), !settings.hasOwnRuntimeDir()),
                settings.javaOptions());
    }
}
