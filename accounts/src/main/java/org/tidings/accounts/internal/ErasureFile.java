package org.tidings.accounts.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The copy of the erasure ledger outside the database: a line for each, appended and never changed. */
record ErasureFile(Path path) {

    private static final int FIELDS = 6;
    private static final String NONE = "-";

    /** All lines, the oldest first. One that a crash cut off is passed over. */
    List<Erasure.Line> lines() {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
            return lines.flatMap(line -> read(line).stream()).toList();
        } catch (IOException e) {
            throw unusable("read", e);
        } catch (UncheckedIOException e) {
            throw unusable("read", new IOException(e));
        }
    }

    /** On the disk when this returns. */
    void append(List<Erasure.Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append('\n').append(written(line)));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            // The line break comes first, so that a line cut off by a crash spoils only itself.
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (IOException e) {
            throw unusable("written", e);
        }
    }

    private UncheckedIOException unusable(String how, IOException cause) {
        return new UncheckedIOException(
                "The ledger of erasures cannot be " + how + ": " + path.toAbsolutePath()
                        + ". No mail goes out at a start without it. It must be a file that Tidings may read and write.",
                cause);
    }

    private static String written(Erasure.Line line) {
        return String.join(
                " ",
                line.id().toString(),
                line.addressHash(),
                line.accountHash().isEmpty() ? NONE : line.accountHash(),
                line.ground().name(),
                line.requestedAt().toString(),
                line.completedAt().toString());
    }

    private static Optional<Erasure.Line> read(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Erasure.Line(
                    UUID.fromString(fields[0]),
                    fields[1],
                    fields[2].equals(NONE) ? "" : fields[2],
                    Erasure.Ground.valueOf(fields[3]),
                    OffsetDateTime.parse(fields[4]),
                    OffsetDateTime.parse(fields[5])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
