package org.tidings.launcher;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A backup: a zip with the database in it and the {@link Manifest} as its comment, which {@code unzip -z} shows. A zip without its end
 * is none, so that a backup which was cut off is not taken for one.
 */
final class BackupFile {

    /** The embedded database, as H2 names it in its own backups. */
    static final String H2_ENTRY = "tidings.mv.db";

    /** What pg_dump made, in its custom format. */
    static final String POSTGRESQL_ENTRY = "tidings.dump";

    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int COMMENT_LENGTH_AT = 20;

    private BackupFile() {}

    /** Written beside its place, for its owner only, and moved there when it is complete; otherwise nothing stays. */
    static final class Draft implements AutoCloseable {

        private final Path target;
        private final Path path;
        private final Thread cleaner = new Thread(this::remove, "remove-draft");

        /** @throws CannotStart when the target is there already, or cannot be */
        Draft(Path target) {
            if (Files.exists(target)) {
                throw new CannotStart(isThere(target));
            }
            Path folder = target.getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw new CannotStart("There is no folder " + folder + ". Make it, for the user who runs this only.");
            }
            this.target = target;
            this.path = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
            Runtime.getRuntime().addShutdownHook(cleaner);
        }

        /** Not there yet. */
        Path path() {
            return path;
        }

        /** Makes the empty file, readable and writable for its owner only. */
        static void create(Path file) throws IOException {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        }

        /** On the disk and in its place when this returns. */
        void publish(Manifest manifest) throws IOException {
            comment(path, manifest.text());
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            try {
                // Without overwriting: somebody may have been quicker.
                Files.move(path, target);
            } catch (FileAlreadyExistsException e) {
                throw new CannotStart(isThere(target), e);
            }
            forceFolder(target);
        }

        private static String isThere(Path target) {
            return target + " is there already, and a backup overwrites nothing. Give another name, for example"
                    + " with the date.";
        }

        private void remove() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            remove();
            try {
                Runtime.getRuntime().removeShutdownHook(cleaner);
            } catch (IllegalStateException e) {
                // This process ends already.
            }
        }
    }

    /** So that the name outlives a crash as well; where a folder cannot be opened for that, the file system has to see to it. */
    static void forceFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !System.getProperty("os.name", "").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Gives a zip without a comment this one; nothing else of it is written again. */
    private static void comment(Path zip, String text) throws IOException {
        byte[] comment = text.getBytes(StandardCharsets.UTF_8);
        try (var file = new RandomAccessFile(zip.toFile(), "rw")) {
            long end = file.length() - END_BYTES;
            if (end < 0) {
                throw new ZipException("not a zip");
            }
            file.seek(end);
            if (Integer.reverseBytes(file.readInt()) != END_SIGNATURE) {
                throw new ZipException("a zip that has no end, or a comment");
            }
            file.seek(end + COMMENT_LENGTH_AT);
            file.writeShort(Short.reverseBytes((short) comment.length));
            file.write(comment);
        }
    }

    /** @throws CannotStart when it is not a whole backup */
    static Manifest manifestOf(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CannotStart("There is no file " + file + ".");
        }
        try (var zip = new ZipFile(file.toFile())) {
            String comment = zip.getComment();
            return Manifest.read(comment == null ? "" : comment)
                    .orElseThrow(() ->
                            new CannotStart(file + " is no backup that this Tidings made, or one of a later version."));
        } catch (ZipException e) {
            throw new CannotStart(file + " is no backup, or not a whole one: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Copies what is in it, checking every byte against its checksum.
     *
     * @throws CannotStart when it is damaged, or has no such part
     */
    static void extract(Path file, String entryName, OutputStream to) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(entryName)) {
                    zip.transferTo(to);
                    return;
                }
            }
        } catch (ZipException | EOFException e) {
            throw new CannotStart(file + " is damaged: " + e.getMessage() + ".", e);
        }
        throw new CannotStart(file + " is damaged: there is no " + entryName + " in it.");
    }
}
