package org.tidings.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** Lines in a file that is appended to, and read in blocks from either end. A line break stands before each line. */
record LedgerFile(Path path, String name) {

    private static final int BLOCK_BYTES = 1 << 17;

    /**
     * Whole lines between two places of the file.
     *
     * @param from of its first line's line break
     * @param to after its last line
     */
    record Block(long from, long to, List<String> lines) {}

    long size() {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    long lastModifiedMillis() {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    /** The lines that end before this place, as many as a block has room for. */
    Block before(long to) {
        long start = Math.max(0, to - BLOCK_BYTES);
        String text = read(start, to);
        // What stands before the first line break belongs to a line of the block before; nothing does at the beginning.
        int first = start == 0 ? 0 : Math.max(0, text.indexOf('\n'));
        return new Block(start + first, to, lines(text.substring(first)));
    }

    /** The lines that begin at this place, as many as a block has room for. */
    Block after(long from) {
        long size = size();
        long end = Math.min(size, from + BLOCK_BYTES);
        String text = read(from, end);
        int last = end == size ? text.length() : text.lastIndexOf('\n');
        if (last <= 0) {
            // No line of ours is so long.
            last = text.length();
        }
        return new Block(from, from + last, lines(text.substring(0, last)));
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private String read(long from, long to) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
            while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
                // Until it is full, or somebody has shortened the file.
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    /** On the disk when this returns. A line that a full disk or a crash cut off spoils only itself. */
    void append(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append('\n').append(line));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
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
                "The " + name + " cannot be " + how + ": " + path.toAbsolutePath()
                        + ". No mail goes out at a start without it. It must be a file that Tidings may read and write.",
                cause);
    }
}
