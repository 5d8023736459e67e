package org.tidings.newsletter.internal.importing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Something long in pieces of a megabyte, packed one by one. */
final class Pieces {

    private static final int SIZE = 1024 * 1024;

    private Pieces() {}

    static void write(ImportStore store, UUID id, ImportStore.Kind kind, InputStream from) throws IOException {
        int position = 0;
        for (byte[] piece = from.readNBytes(SIZE); piece.length > 0; piece = from.readNBytes(SIZE)) {
            store.put(id, kind, position, packed(piece));
            position++;
        }
    }

    static byte[] packed(byte[] piece) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(piece.length / 3 + 100);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(piece);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    static byte[] unpacked(byte[] piece) throws IOException {
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(piece))) {
            return in.readAllBytes();
        }
    }

    /** From the beginning to the end, one piece at a time in memory. */
    static InputStream read(ImportStore store, UUID id, ImportStore.Kind kind) {
        return new InputStream() {
            private int position;
            private InputStream piece = InputStream.nullInputStream();

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int read = piece.read(buffer, from, length);
                while (read < 0) {
                    Optional<byte[]> next = store.part(id, kind, position);
                    if (next.isEmpty()) {
                        return -1;
                    }
                    position++;
                    piece = new ByteArrayInputStream(unpacked(next.get()));
                    read = piece.read(buffer, from, length);
                }
                return read;
            }
        };
    }
}
