package org.tidings.mail.internal.signing.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages for one domain with one or two keys. The bytes given must be those that are sent: CRLF line ends, final
 * encodings, all header fields (D07). Thread-safe; what a thread needs is kept for the next call.
 *
 * <p>Signed is every present field of D04; the fields of D05 are named once more than they occur, so that nobody can add one
 * (RFC 6376 section 8.15). Fields that occur several times are named that often and taken from the bottom up.
 */
public final class DkimSigner {
    /** D04, in the order in which {@code h=} names them. */
    private static final List<String> SIGNED = List.of(
            "From",
            "Reply-To",
            "Subject",
            "Date",
            "To",
            "Cc",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "In-Reply-To",
            "References",
            "List-Id",
            "List-Help",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "List-Post",
            "List-Archive",
            "Feedback-ID",
            "Auto-Submitted",
            "CFBL-Address",
            "CFBL-Feedback-ID");
    /** D05. */
    private static final Set<String> OVERSIGNED = Set.of(
            "From",
            "To",
            "Subject",
            "Date",
            "Reply-To",
            "Cc",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "List-Unsubscribe",
            "List-Unsubscribe-Post");

    private static final Map<String, Integer> INDEX = index();
    private static final int LONGEST_NAME =
            SIGNED.stream().mapToInt(String::length).max().orElseThrow();
    private static final int LINE_OCTETS = 76;
    private static final int FIELDS_AT_MOST = 1_000;
    private static final int IDLE_WORKSPACES_AT_MOST = 64;

    private final List<DkimKey> keys;
    private final long validSeconds;
    private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param keys one or two of the same domain; each gives a signature of its own, in this order
     * @param valid how long receivers may take the signature for valid ({@code x=}), zero for ever; D03 asks for 7 to 14 days
     */
    public DkimSigner(List<DkimKey> keys, Duration valid) {
        if (keys.isEmpty() || keys.size() > 2) {
            throw new IllegalArgumentException("one or two keys, not " + keys.size());
        }
        if (keys.stream().map(DkimKey::domain).distinct().count() > 1) {
            throw new IllegalArgumentException("keys of different domains");
        }
        this.keys = List.copyOf(keys);
        this.validSeconds = valid.toSeconds();
    }

    /** The value of {@code d=}. */
    public String domain() {
        return keys.get(0).domain();
    }

    /** What makes the RSA signatures, for the log and the staff's page: {@code JDK} or the Corretto provider's name. */
    public static String rsaProvider() {
        return FastRsa.description();
    }

    /**
     * Signs a whole message.
     *
     * @param message header, empty line, body
     * @return the DKIM-Signature fields with their CRLFs, to stand before the message
     * @throws IllegalArgumentException if there is no From field, or the header is malformed
     */
    public byte[] sign(byte[] message, Instant now) {
        int end = headerEnd(message);
        int body = Math.min(message.length, end + 2);
        byte[] bodyHash = new BodyHash().update(message, body, message.length).finish();
        return sign(message, 0, end, bodyHash, now);
    }

    /**
     * Signs a header whose body was hashed already, for prepared mails.
     *
     * @param header the bytes that hold it
     * @param from its first byte
     * @param to behind the last field's CRLF, the empty line left out
     * @param bodyHash from {@link BodyHash#finish}
     * @return the DKIM-Signature fields with their CRLFs, to stand before the header
     */
    public byte[] sign(byte[] header, int from, int to, byte[] bodyHash, Instant now) {
        Workspace workspace = idle.poll();
        if (workspace == null) {
            workspace = new Workspace(keys);
        }
        byte[] signatures = workspace.sign(header, from, to, bodyHash, now.getEpochSecond(), validSeconds);
        // Not given back after an exception: its Signature objects may hold half an input.
        if (idle.size() < IDLE_WORKSPACES_AT_MOST) {
            idle.offer(workspace);
        }
        return signatures;
    }

    private static int headerEnd(byte[] message) {
        for (int i = 0; i + 1 < message.length; i++) {
            if (message[i] == '\r' && message[i + 1] == '\n') {
                if (i == 0) {
                    return 0;
                }
                if (i + 3 < message.length && message[i + 2] == '\r' && message[i + 3] == '\n') {
                    return i + 2;
                }
            }
        }
        return message.length;
    }

    private static Map<String, Integer> index() {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < SIGNED.size(); i++) {
            index.put(SIGNED.get(i).toLowerCase(Locale.ROOT), i);
        }
        return Map.copyOf(index);
    }

    /** What one thread needs, used again and again. */
    private static final class Workspace {
        private final List<DkimKey> keys;
        private final List<DkimKey.HeaderSigner> signers = new ArrayList<>();
        private final Buffer canonical = new Buffer(4096);
        private final Buffer field = new Buffer(2048);
        private final Buffer names = new Buffer(1024);
        private final Buffer result = new Buffer(2048);
        /** From and to of each field that is signed, in the order of the header. */
        private int[] ranges = new int[64];
        /** Of each field that is signed, its index in {@link #SIGNED}. */
        private int[] kinds = new int[32];

        private int fields;
        /** The names of the last header: mails of one mailing have the same ones. */
        private int[] namedKinds = new int[0];

        Workspace(List<DkimKey> keys) {
            this.keys = keys;
            for (DkimKey key : keys) {
                signers.add(key.newSigner());
            }
        }

        byte[] sign(byte[] header, int from, int to, byte[] bodyHash, long seconds, long validSeconds) {
            find(header, from, to);
            name();
            canonical.clear();
            for (int kind = 0; kind < SIGNED.size(); kind++) {
                for (int i = fields - 1; i >= 0; i--) {
                    if (kinds[i] == kind) {
                        RelaxedHeader.append(canonical, header, ranges[2 * i], ranges[2 * i + 1], true);
                    }
                }
            }
            int shared = canonical.length;
            String hash = Base64.getEncoder().encodeToString(bodyHash);
            result.clear();
            for (int i = 0; i < keys.size(); i++) {
                DkimKey key = keys.get(i);
                field.clear();
                write(field, key, hash, seconds, validSeconds);
                canonical.length = shared;
                RelaxedHeader.append(canonical, field.bytes, 0, field.length, false);
                try {
                    byte[] signature = signers.get(i).sign(canonical.bytes, canonical.length);
                    result.write(field.bytes, 0, field.length);
                    writeFolded(result, Base64.getEncoder().encode(signature));
                } catch (GeneralSecurityException refused) {
                    throw new IllegalStateException("cannot sign with " + key, refused);
                }
            }
            return result.copy();
        }

        /** Finds the fields that are to be signed, each with its CRLF. */
        private void find(byte[] header, int from, int to) {
            fields = 0;
            int seen = 0;
            boolean author = false;
            int start = from;
            while (start < to) {
                if (++seen > FIELDS_AT_MOST) {
                    throw new IllegalArgumentException("more than " + FIELDS_AT_MOST + " header fields");
                }
                int end = fieldEnd(header, start, to);
                Integer kind = kindOf(header, start, end);
                if (kind != null) {
                    author |= kind == 0;
                    add(kind, start, end);
                }
                start = end;
            }
            if (!author) {
                throw new IllegalArgumentException("no From field to sign (RFC 6376 section 5.4)");
            }
        }

        private void add(int kind, int start, int end) {
            if (fields == kinds.length) {
                kinds = Arrays.copyOf(kinds, fields * 2);
                ranges = Arrays.copyOf(ranges, fields * 4);
            }
            kinds[fields] = kind;
            ranges[2 * fields] = start;
            ranges[2 * fields + 1] = end;
            fields++;
        }

        private static int fieldEnd(byte[] header, int start, int to) {
            int i = start;
            while (true) {
                while (i < to && header[i] != '\n') {
                    i++;
                }
                if (i >= to) {
                    throw new IllegalArgumentException("the header does not end in CRLF");
                }
                if (i == start || header[i - 1] != '\r') {
                    throw new IllegalArgumentException("a header line ends in LF without CR");
                }
                i++;
                if (i >= to || (header[i] != ' ' && header[i] != '\t')) {
                    return i;
                }
            }
        }

        private static @Nullable Integer kindOf(byte[] header, int start, int end) {
            int colon = start;
            int limit = Math.min(end, start + LONGEST_NAME + 2);
            while (colon < limit && header[colon] != ':') {
                colon++;
            }
            if (colon == limit) {
                return null;
            }
            String name = new String(header, start, colon - start, StandardCharsets.ISO_8859_1)
                    .stripTrailing()
                    .toLowerCase(Locale.ROOT);
            return INDEX.get(name);
        }

        /** Writes the value of {@code h=}, folded, unless the fields are those of the last header. */
        private void name() {
            if (namedKinds.length == fields
                    && Arrays.equals(namedKinds, 0, fields, kinds, 0, fields)
                    && names.length > 0) {
                return;
            }
            names.clear();
            int column = 3;
            for (int kind = 0; kind < SIGNED.size(); kind++) {
                String name = SIGNED.get(kind);
                int times = OVERSIGNED.contains(name) ? 1 : 0;
                for (int i = 0; i < fields; i++) {
                    times += kinds[i] == kind ? 1 : 0;
                }
                for (int i = 0; i < times; i++) {
                    if (names.length > 0) {
                        names.write((byte) ':');
                        column++;
                    }
                    if (column + name.length() + 1 > LINE_OCTETS) {
                        names.write("\r\n ");
                        column = 1;
                    }
                    names.write(name);
                    column += name.length();
                }
            }
            namedKinds = Arrays.copyOf(kinds, fields);
        }

        private void write(Buffer target, DkimKey key, String hash, long seconds, long validSeconds) {
            target.write("DKIM-Signature: v=1; a=" + key.algorithm().tag() + "; c=relaxed/relaxed;\r\n d="
                    + key.domain() + ";\r\n s=" + key.selector() + "; t=" + seconds);
            if (validSeconds > 0) {
                target.write("; x=" + (seconds + validSeconds));
            }
            target.write(";\r\n h=");
            target.write(names.bytes, 0, names.length);
            target.write(";\r\n bh=" + hash + ";\r\n b=");
        }

        /** Writes base64 in lines; white space in {@code b=} is ignored. */
        private static void writeFolded(Buffer target, byte[] base64) {
            int room = LINE_OCTETS - 3;
            int at = 0;
            while (at < base64.length) {
                if (at > 0) {
                    target.write("\r\n ");
                }
                int end = Math.min(base64.length, at + room);
                target.write(base64, at, end);
                at = end;
                room = LINE_OCTETS - 1;
            }
            target.write("\r\n");
        }
    }
}
