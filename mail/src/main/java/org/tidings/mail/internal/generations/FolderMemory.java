package org.tidings.mail.internal.generations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a data folder remembers of its database: one line in the file {@code generation}, written over in place every few seconds. It
 * is shorter than a sector of any disk, so that a crash leaves the old line or the new one, and it is not forced to the disk: after a
 * crash of the machine it may be some seconds old, which only makes it miss as much.
 */
public record FolderMemory(Path path) {

    public static final String FILE = "generation";

    /** The restore command writes this when the database has no place for such word, because it is of an earlier version. */
    private static final String RESTORED = "restored";

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
    private static final int FIELDS = 5;

    /**
     * The line.
     *
     * @param site the database's site
     * @param generation of its data
     * @param folder this data folder
     * @param beats its signs of life that the database had taken
     * @param at when the last of them was, by the database's clock
     */
    record Memory(UUID site, int generation, UUID folder, long beats, OffsetDateTime at) {

        private String written() {
            // Always of the same length.
            return String.format(
                    Locale.ROOT,
                    "%s %010d %s %019d %s\n",
                    site,
                    generation,
                    folder,
                    beats,
                    MICROS.format(at.withOffsetSameInstant(ZoneOffset.UTC)));
        }

        private static Memory read(String line) {
            String[] fields = line.strip().split(" ", -1);
            if (fields.length != FIELDS) {
                throw new IllegalArgumentException("not a line of " + FIELDS + " fields");
            }
            return new Memory(
                    UUID.fromString(fields[0]),
                    Integer.parseInt(fields[1]),
                    UUID.fromString(fields[2]),
                    Long.parseLong(fields[3]),
                    OffsetDateTime.parse(fields[4]));
        }
    }

    /** The file is there and says nothing that can be understood. */
    static final class Unreadable extends RuntimeException {
        Unreadable(Throwable cause) {
            super(cause);
        }
    }

    /** Whether the file says nothing but that a backup was put back. */
    boolean saysRestored() {
        try {
            return Files.exists(path)
                    && Files.readString(path, StandardCharsets.ISO_8859_1)
                            .strip()
                            .equals(RESTORED);
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    /**
     * Empty in a folder that has not worked with a database yet.
     *
     * @throws Unreadable when it is no such line
     * @throws UncheckedIOException with a sentence for the operator, when the file cannot be read
     */
    Optional<Memory> read() {
        try {
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            return Optional.of(Memory.read(Files.readString(path, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw unusable("read", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable(e);
        }
    }

    /** @throws UncheckedIOException with a sentence for the operator, when the file cannot be written */
    void write(Memory memory) {
        try {
            byte[] line = memory.written().getBytes(StandardCharsets.US_ASCII);
            if (Files.exists(path) && Files.size(path) == line.length) {
                try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.wrap(line), 0);
                }
            } else {
                create(line);
            }
        } catch (IOException e) {
            throw unusable("written", e);
        }
    }

    private void create(byte[] line) throws IOException {
        Path beside = path.resolveSibling(FILE + ".new");
        try (FileChannel file = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(line));
            file.force(true);
        }
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private UncheckedIOException unusable(String how, IOException cause) {
        return new UncheckedIOException(
                "What this data folder remembers of its database cannot be " + how + ": " + path.toAbsolutePath()
                        + ". No mail goes out at a start without it. It must be a file that Tidings may read and write.",
                cause);
    }
}
