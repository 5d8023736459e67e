package org.tidings.mail.internal.machine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the {@code Journal} asks of the files that outlive a process, and of the machine that they are on. */
public interface Disk {

    /** The usual one. */
    Disk REAL = new Real();

    /** So long a file becomes before another one is begun. */
    long fileBytes();

    /** A new file, to append to. Its folder is made where it is missing. */
    SeekableByteChannel create(Path file) throws IOException;

    byte[] read(Path file) throws IOException;

    /** Files of the folder whose names begin and end so; none where there is no folder. */
    List<Path> find(Path folder, String begins, String ends) throws IOException;

    /** Does nothing where there is no such file. */
    void delete(Path file) throws IOException;

    /**
     * Makes a new file and locks it, for as long as this process lives or until it is closed. The folder is made where it is missing.
     *
     * @throws IOException also when the file is there already
     */
    Closeable lockNew(Path file) throws IOException;

    /** Locks a file that is there. @return empty when there is none, or a living process holds its lock */
    Optional<Closeable> lockLeft(Path file) throws IOException;

    /** Another one after each start of the machine: until then what was written and not forced to the disk is there. */
    String boot();

    /** The JVM's. */
    class Real implements Disk {
        private static final int LOCKED_WITHIN_TRIES = 5;

        @Override
        public long fileBytes() {
            return 4L << 20;
        }

        @Override
        public SeekableByteChannel create(Path file) throws IOException {
            makeFolderOf(file);
            return Files.newByteChannel(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }

        private static void makeFolderOf(Path file) throws IOException {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        }

        @Override
        public byte[] read(Path file) throws IOException {
            return Files.readAllBytes(file);
        }

        @Override
        public List<Path> find(Path folder, String begins, String ends) throws IOException {
            List<Path> found = new ArrayList<>();
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, begins + "*" + ends)) {
                    files.forEach(found::add);
                }
            }
            return found;
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public Closeable lockNew(Path file) throws IOException {
            makeFolderOf(file);
            for (int i = 0; i < LOCKED_WITHIN_TRIES; i++) {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                // Between the two another process may take it for one that was left, and tidy it away.
                if (isLocked(channel) && Files.exists(file)) {
                    return channel;
                }
                channel.close();
                Files.deleteIfExists(file);
            }
            throw new IOException("cannot lock " + file.getFileName());
        }

        private static boolean isLocked(FileChannel channel) throws IOException {
            try {
                return channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                return false; // held within this very process
            }
        }

        @Override
        public Optional<Closeable> lockLeft(Path file) throws IOException {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        }

        @Override
        public String boot() {
            try {
                return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip();
            } catch (IOException e) {
                return "unknown";
            }
        }
    }
}
