package org.tidings.mail.internal.signing.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes a body as it is given, piece by piece, by SHA-256 over the relaxed canonicalization (RFC 6376 section 3.4.4):
 * white space at line ends ignored, runs of it one space, empty lines at the end ignored. Lines end in CRLF.
 *
 * <p>For mailings: give the bytes in front of the first slot to one hash and {@link #fork} it for every recipient; turn the
 * constant pieces behind it into {@link Constant}s once. Not thread-safe, but any thread may fork one that no longer changes.
 */
public final class BodyHash {
    private static final int CHUNK_BYTES = 4096;

    private final MessageDigest digest;
    private byte[] chunk;
    private int filled;
    /** White space was seen and not yet written: it counts only if something follows on the line. */
    private boolean space;
    /** CRLFs that count only if something follows. */
    private int lineEnds;
    /** A CR was seen whose LF may come with the next piece. */
    private boolean carriageReturn;

    private boolean anything;

    public BodyHash() {
        this(sha256(), new byte[CHUNK_BYTES]);
    }

    private BodyHash(MessageDigest digest, byte[] chunk) {
        this.digest = digest;
        this.chunk = chunk;
    }

    /** Adds bytes of the body. */
    public BodyHash update(byte[] bytes) {
        return update(bytes, 0, bytes.length);
    }

    /** Adds bytes of the body, {@code to} exclusive. */
    public BodyHash update(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (carriageReturn) {
                carriageReturn = false;
                if (b == '\n') {
                    space = false;
                    lineEnds++;
                    continue;
                }
                solid((byte) '\r');
            }
            switch (b) {
                case ' ', '\t' -> space = true;
                case '\r' -> carriageReturn = true;
                default -> solid(b);
            }
        }
        return this;
    }

    /** Adds a piece that was prepared once. */
    public BodyHash update(Constant constant) {
        update(constant.head, 0, constant.head.length);
        if (constant.middle.length > 0) {
            // The head ends in a byte that is neither space nor line end, so nothing is pending and the middle stands
            // as it is.
            drain();
            digest.update(constant.middle);
        }
        return update(constant.tail, 0, constant.tail.length);
    }

    /** A hash that goes on from here, while this one stays as it is. */
    public BodyHash fork() {
        try {
            BodyHash copy = new BodyHash((MessageDigest) digest.clone(), chunk.clone());
            copy.filled = filled;
            copy.space = space;
            copy.lineEnds = lineEnds;
            copy.carriageReturn = carriageReturn;
            copy.anything = anything;
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("SHA-256 of this JDK cannot be copied", impossible);
        }
    }

    /** Ends the body. @return 32 bytes; the hash starts anew */
    public byte[] finish() {
        if (carriageReturn) {
            carriageReturn = false;
            solid((byte) '\r');
        }
        // A body that is not empty ends in exactly one CRLF; an empty one hashes as nothing at all.
        if (anything) {
            write((byte) '\r');
            write((byte) '\n');
        }
        drain();
        space = false;
        lineEnds = 0;
        anything = false;
        return digest.digest();
    }

    private void solid(byte b) {
        while (lineEnds > 0) {
            write((byte) '\r');
            write((byte) '\n');
            lineEnds--;
        }
        if (space) {
            write((byte) ' ');
            space = false;
        }
        write(b);
        anything = true;
    }

    private void write(byte b) {
        if (filled == chunk.length) {
            drain();
        }
        chunk[filled++] = b;
    }

    private void drain() {
        digest.update(chunk, 0, filled);
        filled = 0;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A piece of a body that is the same in every mail: canonicalized once where that does not depend on its neighbours,
     * which is from its first to its last byte that is neither white space nor line end.
     */
    public static final class Constant {
        private final byte[] head;
        private final byte[] middle;
        private final byte[] tail;

        private Constant(byte[] head, byte[] middle, byte[] tail) {
            this.head = head;
            this.middle = middle;
            this.tail = tail;
        }

        /** Prepares a piece; CRLF must not be cut apart between two pieces. */
        public static Constant of(byte[] bytes) {
            int first = 0;
            while (first < bytes.length && isBlank(bytes[first])) {
                first++;
            }
            if (first == bytes.length) {
                return new Constant(bytes.clone(), new byte[0], new byte[0]);
            }
            int last = bytes.length - 1;
            while (isBlank(bytes[last])) {
                last--;
            }
            Buffer middle = new Buffer(last - first + 1);
            boolean space = false;
            for (int i = first + 1; i <= last; i++) {
                byte b = bytes[i];
                if (b == ' ' || b == '\t') {
                    space = true;
                } else if (b == '\r' && bytes[i + 1] == '\n') {
                    space = false;
                    middle.write(b);
                    middle.write((byte) '\n');
                    i++;
                } else {
                    if (space) {
                        middle.write((byte) ' ');
                        space = false;
                    }
                    middle.write(b);
                }
            }
            return new Constant(
                    java.util.Arrays.copyOf(bytes, first + 1),
                    middle.copy(),
                    java.util.Arrays.copyOfRange(bytes, last + 1, bytes.length));
        }

        private static boolean isBlank(byte b) {
            return b == ' ' || b == '\t' || b == '\r' || b == '\n';
        }
    }
}
