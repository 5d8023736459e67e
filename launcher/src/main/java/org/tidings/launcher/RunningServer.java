package org.tidings.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server that has the embedded database open for a backup of it, by a file in {@code run/backup} below the data folder. The
 * server looks there every half second, holds a lock on the request while it works, and answers by another file. Whoever may write into
 * that folder, which only the server's user may, could read the database as well; so nobody else has to be kept out.
 */
final class RunningServer {

    /** A server that starts takes long on a busy machine. */
    private static final Duration LONGEST_TO_BEGIN = Duration.ofMinutes(3);

    private static final long LOOK_EVERY_MILLIS = 200;

    private final Path folder;

    RunningServer(Path data) {
        this.folder = data.resolve("run").resolve("backup");
    }

    /**
     * Has the server write its database to this file, which it makes.
     *
     * @throws CannotStart with the server's sentence, when it could not
     */
    DatabaseFacts backUpTo(Path file) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        Path request = folder.resolve(id + ".request");
        Path answer = folder.resolve(id + ".answer");
        Thread withdraw = new Thread(() -> delete(request), "withdraw-request");
        Runtime.getRuntime().addShutdownHook(withdraw);
        try {
            awaitFolder();
            ask(request, file);
            awaitAnswer(request, answer);
            var lines = new Properties();
            try (Reader in = Files.newBufferedReader(answer)) {
                lines.load(in);
            }
            if (lines.getProperty("failed") != null) {
                throw new CannotStart(lines.getProperty("failed"));
            }
            return DatabaseFacts.of(lines);
        } catch (AccessDeniedException e) {
            throw new CannotStart(
                    "The server cannot be asked: " + folder
                            + " is not ours. Run this as the user whom the server runs as.",
                    e);
        } finally {
            delete(request);
            delete(answer);
            Runtime.getRuntime().removeShutdownHook(withdraw);
        }
    }

    private void awaitFolder() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_TO_BEGIN.toNanos();
        while (!isThere()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStart(
                        "Tidings runs, but is not ready, or is of an older version. Try again when it is, or stop it"
                                + " before.");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private boolean isThere() throws AccessDeniedException {
        if (Files.isDirectory(folder) && !Files.isWritable(folder)) {
            throw new AccessDeniedException(folder.toString());
        }
        return Files.isDirectory(folder);
    }

    private void ask(Path request, Path file) throws IOException {
        Path beside = folder.resolve(request.getFileName() + ".new");
        Files.writeString(beside, file.toString());
        Files.move(beside, request, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitAnswer(Path request, Path answer) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_TO_BEGIN.toNanos();
        boolean begun = false;
        while (!Files.exists(answer)) {
            boolean works = isLocked(request);
            begun |= works;
            // It may have ended between the two looks.
            if (!works && (begun || System.nanoTime() > deadline) && !Files.exists(answer)) {
                throw new CannotStart(
                        begun
                                ? "The server ended, or was stopped, before the backup was complete."
                                : "The server has not taken up the request. Is it of an older version?");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** A server that is gone holds nothing. */
    private static boolean isLocked(Path request) throws IOException {
        try (FileChannel file = FileChannel.open(request, StandardOpenOption.WRITE);
                @Nullable FileLock lock = file.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The folder is made anew at the next start.
            return;
        }
    }
}
