package org.tidings.mail.internal.signing.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow and are used again: what {@code ByteArrayOutputStream} is, unsynchronised and readable in place. */
final class Buffer {
    byte[] bytes;
    int length;

    Buffer(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    void write(byte b) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = b;
    }

    void write(byte[] source, int from, int to) {
        int count = to - from;
        if (bytes.length - length < count) {
            grow(count);
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** @param text ASCII */
    void write(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        write(ascii, 0, ascii.length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    private void grow(int count) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
}
