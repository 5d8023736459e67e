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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
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
            case HELP -> Console.print(Command.USAGE);
        }
        return 0;
    }

    @SuppressWarnings("try") // The folder is only held.
    private static int serve(Settings settings) throws IOException, InterruptedException {
        settings.check();
        int port = settings.httpPort();
        JavaHome java = JavaHome.find(settings);
        try (DataFolder held = DataFolder.hold(settings)) {
            refuseTakenPort(settings.httpAddress(), port);
            Installation installation = Installation.of(ownJar(), held.path().resolve("runtime"));
            Duration longest = settings.longestStop().plusSeconds(LONGER_SECONDS);
            Process server = start(java, installation, settings);
            var stop = new Stop(signal -> passOn(signal, server, longest), signal -> server.destroyForcibly());
            Signals.handle(stop::signalled);
            // What unpacking took is not needed again; this JVM only waits now.
            System.gc();
            int exit = server.waitFor();
            boolean byItself = exit == 1 && Files.exists(notBegun(settings));
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

    private static Process start(JavaHome java, Installation installation, Settings settings) throws IOException {
        // It is made anew by the server, whose JVM looks for it before.
        Files.createDirectories(settings.dataDir().resolve("run").resolve("tmp"));
        Files.writeString(notBegun(settings), "");
        var builder = new ProcessBuilder(command(java, installation, settings));
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        // The server's standard input stays a pipe to here. It brings signals; when this process dies in whatever way,
        // the
        // server reads its end.
        asEnvironment(System.getProperties()).forEach(builder.environment()::put);
        builder.environment()
                .put(
                        Settings.environmentName(Settings.DATA_DIR).toUpperCase(Locale.ROOT),
                        settings.dataDir().toString());
        return builder.start();
    }

    /** There until the server's first step, which makes its folder anew. */
    private static Path notBegun(Settings settings) {
        return settings.dataDir().resolve("run").resolve("not-begun");
    }

    /** System properties of ours go on as environment, not as arguments, which everybody on the machine can read. */
    static Map<String, String> asEnvironment(Properties properties) {
        var environment = new java.util.TreeMap<String, String>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("tidings.")) {
                environment.put(Settings.environmentName(name).toUpperCase(Locale.ROOT), properties.getProperty(name));
            }
        }
        return environment;
    }

    static List<String> command(JavaHome java, Installation installation, Settings settings) {
        Path run = settings.dataDir().resolve("run");
        List<String> command = new ArrayList<>();
        command.add(java.java().toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx640m",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:MetaspaceSize=160m",
                "-XX:ReservedCodeCacheSize=160m",
                // Gives back what the compilers took while starting, 35 MB.
                "-XX:TrimNativeHeapInterval=10000",
                // Corretto's library signs.
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                // Octets above 0x7F in a header are other people's: cookies of neighbouring sites, a CDN's city names
                // (RFC 9110 section 5.5).
                "-Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + run.resolve("tmp")));
        command.addAll(settings.javaOptions());
        command.add("-jar");
        command.add(installation.bootJar().toString());
        return command;
    }
}
