package org.tidings.newsletter.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Where lists lie while they are read: in the data folder, for nobody else to see. What a killed server left there goes after days. */
final class ImportFolder {

    private static final Logger LOG = Logger.getLogger(ImportFolder.class.getName());

    private static final String NAME = "imports";

    private ImportFolder() {}

    static Path in(Path dataFolder) {
        Path folder = dataFolder.resolve(NAME);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(dataFolder);
                make(folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for imports cannot be made", e);
        }
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            Files.createDirectories(folder);
        }
    }

    /** What is that old is nobody's any more, also where nodes share the folder. */
    static void empty(Path folder, Duration age) {
        try (Stream<Path> left = Files.list(folder)) {
            Path mark = Files.createTempFile(folder, "now", ".tmp");
            FileTime old =
                    FileTime.from(Files.getLastModifiedTime(mark).toInstant().minus(age));
            Files.delete(mark);
            for (Path file : left.toList()) {
                if (Files.isRegularFile(file) && Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "the folder for imports could not be tidied: {0}",
                    e.getClass().getName());
        }
    }
}
