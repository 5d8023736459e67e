package org.tidings.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data folder, held by this process alone until it is closed. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder if there is none.
     *
     * @throws CannotStart when another process holds it, or it cannot be written
     */
    static DataFolder hold(Settings settings) throws IOException {
        return holdIfFree(settings)
                .orElseThrow(() -> new CannotStart("The data folder " + settings.dataDir()
                        + " is in use by another Tidings. Stop that one, or give this"
                        + " one a folder of its own with " + Settings.DATA_DIR + "."));
    }

    /** Empty when another process holds it. */
    static Optional<DataFolder> holdIfFree(Settings settings) throws IOException {
        Path data = settings.dataDir();
        prepare(data);
        FileChannel file =
                FileChannel.open(data.resolve("tidings.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(file) == null) {
            file.close();
            return Optional.empty();
        }
        return Optional.of(new DataFolder(data, file));
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void prepare(Path data) {
        try {
            if (!Files.isDirectory(data)) {
                Files.createDirectories(data);
            }
            close(data);
            Files.delete(Files.createTempFile(data, ".writable", ""));
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + data + " cannot be written: " + e + ". Make it writable for user "
                            + System.getProperty("user.name") + ", or set " + Settings.DATA_DIR + ".",
                    e);
        }
    }

    /**
     * What is inside is personal data and keys: for this user only, where the file system knows of users. A folder that somebody else
     * made, and owns, is left to them, with a warning.
     */
    private static void close(Path data) throws IOException {
        if (!Files.getFileStore(data).supportsFileAttributeView("posix")) {
            return;
        }
        try (Stream<Path> inside = Files.list(data)) {
            for (Path path : Stream.concat(Stream.of(data), inside).toList()) {
                closeToOthers(path);
            }
        } catch (FileSystemException e) {
            Console.error("WARNING: " + e.getFile() + " can be read by other users of this machine, and user "
                    + System.getProperty("user.name") + " cannot change that. There is personal data in it.");
        }
    }

    private static void closeToOthers(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return;
        }
        Set<PosixFilePermission> now = permissions(path);
        Set<PosixFilePermission> own = EnumSet.noneOf(PosixFilePermission.class);
        now.stream()
                .filter(permission -> permission.name().startsWith("OWNER_"))
                .forEach(own::add);
        if (!own.equals(now)) {
            Files.setPosixFilePermissions(path, own);
        }
    }

    /** None of what has gone meanwhile: a server may be at work in there while a command begins. */
    private static Set<PosixFilePermission> permissions(Path path) throws IOException {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
