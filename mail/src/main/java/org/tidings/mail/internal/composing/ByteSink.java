package org.tidings.mail.internal.composing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow; reused from mail to mail by the thread that owns it. */
public final class ByteSink {

    private byte[] bytes;
    private int length;

    public ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    public ByteSink put(byte[] more) {
        return put(more, 0, more.length);
    }

    ByteSink put(byte[] more, int from, int count) {
        reserve(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
        return this;
    }

    ByteSink put(int octet) {
        reserve(1);
        bytes[length++] = (byte) octet;
        return this;
    }

    /** Appends text that is ASCII, or whose other characters may stand as UTF-8 (RFC 6532). */
    public ByteSink put(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return put(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            bytes[length++] = (byte) c;
        }
        return this;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** The backing array; valid up to {@link #length()} and until the next change. */
    public byte[] array() {
        return bytes;
    }

    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
