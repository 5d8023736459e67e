package org.tidings.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Java keeps of the classes of a server, read and linked, so that the next one starts in little more than half the time: the JVM's ahead-of-time
 * cache (JEP 483, JEP 514). About 150 MB beside the unpacked {@link Installation}, one for each Java and its flags.
 *
 * <p>It is made by a server of its own, which has an empty data folder, listens on this machine alone, knows nothing of the site's settings,
 * and ends as soon as it has answered. A server that serves is never asked for it: making it takes as long as two starts.
 */
final class ClassCache {

    /** The first Java that makes it in one go. */
    private static final int JAVA_THAT_CAN = 25;

    /** Making it beside a server takes a second one's memory, and half of that again. */
    private static final long MEMORY_BYTES = 2_000_000_000L;

    /** What it takes on the disk while it is made, and enough for the site besides. */
    private static final long DISK_BYTES = 1_000_000_000L;

    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LONGEST_END = Duration.ofMinutes(10);
    private static final int SIGTERM = 15;
    private static final String TRAINING = "training";
    /** In the environment: configuration, and flags that may be configuration. */
    private static final Pattern SITES =
            Pattern.compile("(?i)tidings[._].*|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS");

    private static final List<String> PAGES = List.of("/", "/register", "/sign-in", "/announcements", "/health/ready");

    private final ServerJvm jvm;
    private final Path file;
    private volatile boolean givenUp;

    ClassCache(ServerJvm jvm) {
        this.jvm = jvm;
        this.file = jvm.installation().home().resolve("classes-" + identity(jvm) + ".aot");
    }

    /** Whether there is anything to be made: this Java can, nobody has, and nobody has tried in vain. */
    boolean isMissing() {
        return jvm.java().version() >= JAVA_THAT_CAN && !Files.exists(file);
    }

    /** For a server that is to use it, if it is there. */
    List<String> flags() {
        return isOfUse() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** An empty one says that making it was tried. */
    boolean isOfUse() {
        return file.toFile().length() > 0;
    }

    /** What the server that should have made it said, where it could not. */
    Path failure() {
        return file.resolveSibling("classes.txt");
    }

    /** Whether this machine can do it while a server runs. */
    boolean fitsBesideAServer() {
        return file.toFile().getAbsoluteFile().getParentFile().getUsableSpace() >= DISK_BYTES
                && ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                && system.getTotalMemorySize() >= MEMORY_BYTES;
    }

    /** Waits until a server answers other than that it comes back. Returns false when the time is over, or it has ended. */
    static boolean awaitAnswer(String address, int port, Process server) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (server.isAlive() && System.nanoTime() < deadline) {
            int status = status(address, port, "/");
            if (status != 0 && status != HttpURLConnection.HTTP_UNAVAILABLE) {
                return true;
            }
            Thread.sleep(500);
        }
        return false;
    }

    /** Whatever comes of it from now on says nothing about this Java: everything is being stopped. */
    void giveUp() {
        givenUp = true;
    }

    /**
     * Makes it. Returns at once when another process is at it.
     *
     * @param aside whether everything else on the machine comes first
     */
    void make(boolean aside) throws IOException, InterruptedException {
        Path home = jvm.installation().home();
        try (var lockFile = FileChannel.open(
                        home.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.tryLock()) {
            if (lock == null || !isMissing()) {
                return;
            }
            removeLeftovers(home);
            Path training = Files.createTempDirectory(home, TRAINING);
            Path made = train(training, aside);
            if (made != null) {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(failure());
            } else if (!isStopped()) {
                Files.createFile(file);
            }
            Installation.remove(training);
        }
    }

    /** A signal that stops everything reaches its parts one after the other. */
    private boolean isStopped() throws InterruptedException {
        Thread.sleep(1000);
        return givenUp;
    }

    private static void removeLeftovers(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            for (Path left : files.filter(
                            file -> String.valueOf(file.getFileName()).startsWith(TRAINING))
                    .toList()) {
                Installation.remove(left);
            }
        }
    }

    /** Those for a Java, or flags, that are not used any more. Only where no other server can use them. */
    void removeOthers() throws IOException {
        try (Stream<Path> files = Files.list(jvm.installation().home())) {
            for (Path other : files.filter(ClassCache::isOne).toList()) {
                if (!other.equals(file)) {
                    Files.delete(other);
                }
            }
        }
    }

    private static boolean isOne(Path path) {
        return String.valueOf(path.getFileName()).matches("classes-.*\\.aot");
    }

    private @Nullable Path train(Path data, boolean aside) throws IOException, InterruptedException {
        Path made = data.resolve("made.aot");
        int port = Listener.freePort();
        ServerJvm.prepare(data);
        List<String> command = new ArrayList<>();
        if (aside && Files.isExecutable(Path.of("/usr/bin/nice"))) {
            command.addAll(List.of("/usr/bin/nice", "-n", "19"));
        }
        command.addAll(jvm.withoutTheSites()
                .command(
                        data,
                        List.of(
                                "-XX:AOTCacheOutput=" + made,
                                // Java 25 crashes over classes that it has met and unloaded.
                                "-XX:-ClassUnloading",
                                "-XX:ErrorFile=" + data.resolve("crash.txt"))));
        var builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.redirectOutput(failure().toFile());
        // Nothing of the site's: not its database, not its mail server.
        builder.environment().keySet().removeIf(name -> SITES.matcher(name).matches());
        builder.environment().put(ServerJvm.environmentName(Settings.DATA_DIR), data.toString());
        builder.environment().put(ServerJvm.environmentName(Settings.HTTP_ADDRESS), Listener.BEHIND_THE_DOOR);
        builder.environment().put(ServerJvm.environmentName(Settings.HTTP_PORT), Integer.toString(port));
        Process server = builder.start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            giveUp();
                            kill(server);
                        },
                        "class-cache-end"));
        boolean ended = false;
        try {
            if (awaitAnswer(Listener.BEHIND_THE_DOOR, port, server)) {
                PAGES.forEach(page -> status(Listener.BEHIND_THE_DOOR, port, page));
                ended = end(server);
            }
        } finally {
            kill(server);
        }
        return ended && Files.exists(made) ? made : null;
    }

    /** In order: the JVM makes the cache as it ends. @return false when it had to be broken off, in the middle of the file perhaps */
    private static boolean end(Process server) throws IOException, InterruptedException {
        OutputStream pipe = server.getOutputStream();
        pipe.write(SIGTERM);
        pipe.flush();
        return server.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** And what it has started: the JVM that writes the cache is one of its own. */
    private static void kill(Process server) {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
    }

    /** 0 when there is no answer. */
    private static int status(String address, int port, String path) {
        try {
            var connection = (HttpURLConnection) URI.create("http://" + named(address) + ":" + port + path)
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(60_000);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return 0;
        }
    }

    /** Who listens on all addresses is asked on this machine's own. */
    private static String named(String address) {
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "localhost";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static String identity(ServerJvm jvm) {
        try {
            return Digest.of(jvm.identity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
