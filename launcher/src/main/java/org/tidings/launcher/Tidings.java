package org.tidings.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar tidings.jar}: starts the server's JVM and stays as its guardian. Signals that ask for the end it passes on; the end
 * itself is the server's business.
 *
 * <p>Exit codes: 1 when Tidings cannot start, otherwise what the server's JVM ended with: 143 after SIGTERM, 130 after Ctrl-C.
 */
public final class Tidings {

    /** A server that does not end by itself gets this much longer than it gives itself. */
    private static final int LONGER_SECONDS = 15;

    private Tidings() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            if (args.length > 0) {
                throw new CannotStart(
                        "Tidings takes no arguments: it is configured by environment variables, for example"
                                + " TIDINGS_HTTP_PORT=9090. docs/operating.md lists them.");
            }
            System.exit(run(new Settings(System.getProperties(), System.getenv())));
        } catch (CannotStart e) {
            System.err.println("Tidings cannot start. " + e.reason());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("Tidings cannot start. " + e);
            System.exit(1);
        }
    }

    @SuppressWarnings("try") // The lock is only held.
    private static int run(Settings settings) throws IOException, InterruptedException {
        Path data = settings.dataDir();
        int port = settings.httpPort();
        prepare(data);
        try (FileChannel lockFile = FileChannel.open(
                        data.resolve("tidings.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(lockFile, data)) {
            refuseTakenPort(settings.httpAddress(), port);
            Installation installation = Installation.of(ownJar(), data.resolve("runtime"));
            Duration longest = settings.longestStop().plusSeconds(LONGER_SECONDS);
            Process server = start(installation, settings);
            var stop = new Stop(signal -> passOn(signal, server, longest), signal -> server.destroyForcibly());
            Signals.handle(stop::signalled);
            // What unpacking took is not needed again; this JVM only waits now.
            System.gc();
            return server.waitFor();
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

    private static void prepare(Path data) {
        try {
            if (!Files.isDirectory(data)) {
                Files.createDirectories(data);
                restrict(data);
            }
            Files.delete(Files.createTempFile(data, ".writable", ""));
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + data + " cannot be written: " + e + ". Make it writable for user "
                            + System.getProperty("user.name") + ", or set " + Settings.DATA_DIR + ".",
                    e);
        }
    }

    /** What is inside is personal data and keys: for this user only, where the file system knows of users. */
    private static void restrict(Path data) throws IOException {
        if (Files.getFileStore(data).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static FileLock lock(FileChannel file, Path data) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new CannotStart(
                    "The data folder " + data + " is in use by another Tidings. Stop that one, or give this"
                            + " one a folder of its own with " + Settings.DATA_DIR + ".");
        }
        return lock;
    }

    private static void refuseTakenPort(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot listen on " + address + " port " + port + ": " + e.getMessage()
                            + ". Stop what uses it, or set " + Settings.HTTP_PORT
                            + " to another port.",
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

    private static Process start(Installation installation, Settings settings) throws IOException {
        var builder = new ProcessBuilder(command(installation, settings));
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

    static List<String> command(Installation installation, Settings settings) {
        Path run = settings.dataDir().resolve("run");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx640m",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:MetaspaceSize=160m",
                "-XX:ReservedCodeCacheSize=160m",
                // Gives back what the compilers took while starting, 35 MB; a JVM older than the flag does without.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:TrimNativeHeapInterval=10000",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + run.resolve("tmp")));
        command.addAll(settings.javaOptions());
        command.add("-jar");
        command.add(installation.bootJar().toString());
        return command;
    }
}
