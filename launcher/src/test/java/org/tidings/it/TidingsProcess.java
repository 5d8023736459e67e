package org.tidings.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.tidings.it.clock.ShiftedClock;
import org.tidings.launcher.Unpacked;

/** {@code java -jar tidings.jar} in a process of its own, on a free port, with a data folder of its own. */
public final class TidingsProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(8);
    private static final Path JAR =
            Path.of(System.getProperty("tidings.jar", "target/tidings.jar")).toAbsolutePath();

    /** All share what is unpacked, and prepared before them. */
    private static final Path RUNTIME = Path.of("target/it-runtime").toAbsolutePath();

    private final Path folder;
    private final int port;
    private final Map<String, String> environment = new HashMap<>();
    private final ShiftedClock clock;
    private Path data;
    private Path jar = JAR;
    private String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private @Nullable Process process;

    private TidingsProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.clock = ShiftedClock.of(folder.resolve("clock"));
        this.data = folder.resolve("data");
    }

    /** Not started yet, with an empty data folder. */
    public static TidingsProcess in(Path folder) {
        try {
            Unpacked.remove(folder);
            Files.createDirectories(folder);
            return new TidingsProcess(folder, freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A configuration key and its value, for the next start. */
    public TidingsProcess with(String key, String value) {
        environment.put(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value);
        return this;
    }

    /** Keeps its data in this folder, on a disk of its own. */
    public TidingsProcess onDisk(Path otherData) {
        data = otherData;
        return this;
    }

    /** Runs another build of Tidings. */
    TidingsProcess runs(Path otherJar) {
        jar = otherJar;
        return this;
    }

    /** Is started by another Java: a path, or a name to look for on the PATH. */
    TidingsProcess startedBy(String otherJava) {
        java = otherJava;
        return this;
    }

    /** Starts and waits until it is ready. */
    public TidingsProcess start() {
        launch();
        awaitStatus("/health/ready", 200);
        return this;
    }

    /** Starts and does not wait. */
    public TidingsProcess launch() {
        try {
            addClock(Unpacked.application(jar, runtime()));
            var builder = builder(List.of());
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended, and what it said. */
    public record Ended(int exit, String said) {}

    /** Runs tidings.jar with these arguments and the same settings, and waits until it has ended; the server may run meanwhile. */
    public Ended command(List<String> arguments) {
        try {
            Process command = builder(arguments).redirectErrorStream(true).start();
            command.getOutputStream().close();
            String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(command.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(java, "-jar", jar.toString()));
        words.addAll(arguments);
        var builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDINGS_"));
        builder.environment().put("TIDINGS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("TIDINGS_HTTP_ADDRESS", "127.0.0.1");
        builder.environment().put("TIDINGS_DATA_DIR", data().toString());
        if (jar.equals(JAR)) {
            builder.environment().put("TIDINGS_RUNTIME_DIR", runtime().toString());
        }
        builder.environment().put(ShiftedClock.FILE, folder.resolve("clock").toString());
        builder.environment().putAll(environment);
        builder.directory(folder.toFile());
        return builder;
    }

    /** Waits until the path answers so, or fails with what the process printed. */
    public void awaitStatus(String path, int status) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        while (System.nanoTime() < deadline) {
            if (!isAlive()) {
                throw new AssertionError("Tidings ended with " + exitCode() + ":\n" + printed());
            }
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == status) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            pause(100);
        }
        throw new AssertionError(path + " did not answer " + status + " within " + LONGEST_START + ":\n" + printed());
    }

    /** Waits until it says that it is not ready, or does not answer any more. */
    public void awaitNotReady() {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (isAlive() && status("/health/ready") == 200) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still ready after " + LONGEST_START + ":\n" + printed());
            }
            pause(20);
        }
    }

    /** The status of the answer, 0 for none. */
    private int status(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until the process has printed the text. */
    public void awaitPrinted(String text) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!printed().contains(text)) {
            if (!isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("not printed within " + LONGEST_START + ": " + text + "\n" + printed());
            }
            pause(100);
        }
    }

    /** Waits for a process that was started with this flag. */
    ProcessHandle awaitServer(String flag) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<ProcessHandle> found = running()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains(flag))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            pause(100);
        }
        throw new AssertionError("no process with " + flag + ":\n" + printed());
    }

    /** SIGTERM, and the exit code. */
    public int stop() {
        Process running = running();
        running.destroy();
        return awaitEnd();
    }

    /** SIGTERM as an operator sends it, to what was started; does not wait. */
    public void terminate() {
        running().destroy();
    }

    /** SIGTERM to the server's JVM itself; does not wait. */
    public void terminateServer() {
        running().descendants().forEach(ProcessHandle::destroy);
    }

    /** SIGKILL to the process that was started; the server must end with it. */
    public void kill() {
        Process running = running();
        var server = running.descendants().toList();
        running.destroyForcibly();
        awaitEnd();
        server.forEach(child -> child.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    /** SIGKILL to the server's JVM itself; what started it ends then too. */
    public void killServer() {
        List<ProcessHandle> all = processes();
        all.stream().filter(process -> process.pid() != running().pid()).forEach(ProcessHandle::destroyForcibly);
        awaitEndOf(all);
    }

    /** SIGKILL to the server's JVM and to what started it, at once. */
    public void killAll() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEndOf(all);
    }

    private static void awaitEndOf(List<ProcessHandle> processes) {
        processes.forEach(
                process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    /** SIGSTOP: nothing of it runs until {@link #thaw}, and to everybody else it looks alive. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        for (ProcessHandle process : processes()) {
            try {
                int answer = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .inheritIO()
                        .start()
                        .waitFor();
                if (answer != 0) {
                    throw new AssertionError("kill -" + name + " answered " + answer);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** The server's JVM, as the processes that were started started it. */
    List<ProcessHandle> servers() {
        return running().descendants().toList();
    }

    /** What was started, and the server's JVM that it started. */
    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(running().toHandle()), running().descendants())
                .toList();
    }

    /** The exit code, once it has ended by itself. */
    public int awaitEnd() {
        try {
            if (!running().waitFor(90, TimeUnit.SECONDS)) {
                running().descendants().forEach(ProcessHandle::destroyForcibly);
                running().destroyForcibly();
                throw new AssertionError("does not end:\n" + printed());
            }
            return exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public int port() {
        return port;
    }

    public Path data() {
        return data;
    }

    /** Where it is unpacked. Another build knows of no other place than its own. */
    private Path runtime() {
        return jar.equals(JAR) ? RUNTIME : data.resolve("runtime");
    }

    /** Moves the server's clock, from the present. */
    public ShiftedClock clock() {
        return clock;
    }

    /** The last lines of the log file; empty when there is none. */
    public String lastLogged(int lines) {
        Path log = data.resolve("log").resolve("tidings.0.log");
        try {
            List<String> all = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything printed to the terminal since the first start. */
    public String printed() {
        try {
            return Files.exists(console()) ? Files.readString(console()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of the first administrator's link that was printed last. */
    public Optional<String> setupPath() {
        return lastPrinted("/setup/[A-Za-z0-9_-]+");
    }

    /** The path that opens the local mailbox. */
    String mailboxPath() {
        return lastPrinted("/mailbox/key/[A-Za-z0-9_-]{22}").orElseThrow();
    }

    private Optional<String> lastPrinted(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(printed());
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(matcher.group());
        }
        return last;
    }

    /** All log files, as text. */
    public String logged() {
        if (!Files.isDirectory(data().resolve("log"))) {
            return "";
        }
        try (Stream<Path> files = Files.list(data().resolve("log"))) {
            var text = new StringBuilder();
            for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            stop();
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private int exitCode() {
        return running().exitValue();
    }

    private Path console() {
        return folder.resolve("console.txt");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void addClock(Path application) throws IOException {
        Path jar = application.resolve("WEB-INF/lib/test-clock.jar");
        if (Files.exists(jar)) {
            return;
        }
        Path classes = Path.of("target/test-classes");
        Path draft = Files.createTempFile(application, "clock", "");
        try (var out = new JarOutputStream(Files.newOutputStream(draft));
                Stream<Path> files = Files.list(classes.resolve("org/tidings/it/clock"))) {
            add(
                    out,
                    "META-INF/beans.xml",
                    "<beans bean-discovery-mode=\"annotated\" version=\"4.0\"/>".getBytes(StandardCharsets.UTF_8));
            for (Path file : files.toList()) {
                add(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        // At once: a server of another test may be starting.
        Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        ((OutputStream) out).write(content);
        out.closeEntry();
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
