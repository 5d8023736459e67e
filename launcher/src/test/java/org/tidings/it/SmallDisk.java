package org.tidings.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own in memory, small enough to be filled. It takes root and a machine that lets root mount; elsewhere what needs it is
 * skipped and says so. With {@code CI=true} root must be able to.
 */
final class SmallDisk implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk of(int megabytes, Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                run("umount", folder.toString());
            }
            Files.createDirectories(folder);
            String said = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
            if (!said.isEmpty()) {
                refused(said);
            }
            return new SmallDisk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refused(String said) {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (isRoot && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("CI must test with a full disk, and root cannot mount one: " + said);
        }
        System.err.println("SKIPPED: nothing is tested with a full disk, because none can be mounted: " + said);
        Assumptions.abort("no mount: " + said);
    }

    Path folder() {
        return folder;
    }

    /** Takes all that is left. */
    void fill() {
        byte[] chunk = new byte[CHUNK_BYTES];
        Arrays.fill(chunk, (byte) 1);
        try (OutputStream out = Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int size = CHUNK_BYTES; size > 0; size /= 2) {
                fill(out, chunk, size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(OutputStream out, byte[] chunk, int size) {
        try {
            while (true) {
                out.write(chunk, 0, size);
            }
        } catch (IOException full) {
            // That is what was wanted; smaller pieces may still fit.
        }
    }

    void free() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() {
        String said = run("umount", folder.toString());
        if (!said.isEmpty()) {
            throw new AssertionError(said);
        }
    }

    /** What it complained of; empty when it went well. */
    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "does not end: " + String.join(" ", command);
            }
            return process.exitValue() == 0 ? "" : "exit " + process.exitValue() + ": " + said.strip();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
