package org.tidings.mail.internal.returned.reading;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The leaf parts of a message, found by views into its bytes. Lenient with what is malformed, and bounded: depth, number of
 * parts, fields, length of a field, bytes looked at, characters decoded. Embedded messages are leaves: only their header is read.
 */
final class MimeParts {
    static final int BYTES_AT_MOST = 4 * 1024 * 1024;
    static final int DEPTH_AT_MOST = 8;
    static final int PARTS_AT_MOST = 64;
    static final int FIELDS_AT_MOST = 300;
    static final int FIELD_BYTES_AT_MOST = 4096;
    static final int HEADER_BYTES_AT_MOST = 128 * 1024;
    static final int TEXT_BYTES_AT_MOST = 96 * 1024;

    private static final Pattern PARAMETER = Pattern.compile(
            ";\\s{0,20}([a-zA-Z0-9_*-]{1,40})\\s{0,20}=\\s{0,20}(?:\"([^\"]{0,300})\"?|([^\\s;]{1,300}))");
    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?([^?\\s]{1,40})\\?([bBqQ])\\?([^?\\s]{0,500})\\?=(?:\\s{1,10}(?==\\?))?");

    private final byte[] bytes;
    private final int end;
    private final List<Part> leaves = new ArrayList<>();
    private final Part root;
    private int entities;

    private MimeParts(byte[] bytes) {
        this.bytes = bytes;
        this.end = Math.min(bytes.length, BYTES_AT_MOST);
        int start = skipBlankLines(0);
        // The line with which an mbox begins a message.
        if (startsWith(start, "From ")) {
            start = nextLine(start);
        }
        root = read(start, end);
        walk(root, 0);
    }

    static MimeParts of(byte[] message) {
        return new MimeParts(message);
    }

    Part root() {
        return root;
    }

    /** In their order; an embedded message counts as one. */
    List<Part> leaves() {
        return leaves;
    }

    /** The first leaf of one of the types. */
    Optional<Part> first(String... types) {
        return leaves.stream()
                .filter(part -> Arrays.asList(types).contains(part.type()))
                .findFirst();
    }

    private void walk(Part part, int depth) {
        if (++entities > PARTS_AT_MOST) {
            return;
        }
        if (!part.type().startsWith("multipart/") || depth >= DEPTH_AT_MOST) {
            leaves.add(part);
            return;
        }
        String boundary = boundaryOf(part);
        if (boundary.isEmpty()) {
            leaves.add(part);
            return;
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        int open = -1;
        int line = part.from;
        while (line < part.to && entities <= PARTS_AT_MOST) {
            int next = nextLine(line);
            if (isDelimiter(line, next, delimiter)) {
                if (open >= 0) {
                    walk(read(open, line), depth + 1);
                }
                boolean last = line + delimiter.length + 1 < next
                        && bytes[line + delimiter.length] == '-'
                        && bytes[line + delimiter.length + 1] == '-';
                open = last ? -1 : next;
                if (last) {
                    return;
                }
            }
            line = next;
        }
        if (open >= 0 && open < part.to) {
            walk(read(open, part.to), depth + 1);
        }
    }

    /** The named boundary, unless it is found nowhere and another one is plainly there. */
    private String boundaryOf(Part part) {
        String named = part.parameter("boundary").orElse("").stripTrailing();
        if (!named.isEmpty() && occurs(part, ("--" + named).getBytes(StandardCharsets.ISO_8859_1))) {
            return named;
        }
        return guessBoundary(part);
    }

    private boolean occurs(Part part, byte[] delimiter) {
        for (int line = part.from; line < part.to; line = nextLine(line)) {
            if (isDelimiter(line, nextLine(line), delimiter)) {
                return true;
            }
        }
        return false;
    }

    /** Some write a multipart without naming its boundary: the first line that looks like one. */
    private String guessBoundary(Part part) {
        int line = part.from;
        for (int i = 0; i < 50 && line < part.to; i++) {
            int next = nextLine(line);
            if (next - line > 6
                    && next - line < 80
                    && bytes[line] == '-'
                    && bytes[line + 1] == '-'
                    && bytes[line + 2] != ' ') {
                return new String(bytes, line + 2, next - line - 2, StandardCharsets.ISO_8859_1).strip();
            }
            line = next;
        }
        return "";
    }

    private boolean isDelimiter(int line, int next, byte[] delimiter) {
        if (next - line < delimiter.length) {
            return false;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (bytes[line + i] != delimiter[i]) {
                return false;
            }
        }
        // A longer boundary that begins alike is another one.
        int rest = line + delimiter.length;
        return rest >= next || bytes[rest] <= ' ' || bytes[rest] == '-';
    }

    private Part read(int from, int to) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int line = from;
        int count = 0;
        int limit = Math.min(to, from + HEADER_BYTES_AT_MOST);
        while (line < limit) {
            int next = Math.min(nextLine(line), to);
            if (next - line <= 2 && (bytes[line] == '\n' || bytes[line] == '\r')) {
                return new Part(fields, next, to);
            }
            int stop = next;
            while (stop < limit && (bytes[stop] == ' ' || bytes[stop] == '\t')) {
                stop = Math.min(nextLine(stop), to);
            }
            int colon = line;
            while (colon < next && bytes[colon] != ':' && bytes[colon] > ' ') {
                colon++;
            }
            if (colon > line && colon < next && bytes[colon] == ':' && count++ < FIELDS_AT_MOST) {
                String name = new String(bytes, line, Math.min(colon - line, 80), StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT);
                int valueEnd = Math.min(stop, colon + 1 + FIELD_BYTES_AT_MOST);
                fields.computeIfAbsent(name, n -> new ArrayList<>(1))
                        .add(unfold(new String(bytes, colon + 1, valueEnd - colon - 1, StandardCharsets.ISO_8859_1)));
            } else if (count == 0) {
                // No header at all: the text begins at once.
                return new Part(fields, from, to);
            }
            line = stop;
        }
        return new Part(fields, line, to);
    }

    /** Some stores put empty lines, or lines of spaces, before the header. */
    private int skipBlankLines(int from) {
        int line = from;
        for (int i = from; i < end && bytes[i] <= ' ' && bytes[i] >= 0; i++) {
            if (bytes[i] == '\n') {
                line = i + 1;
            }
        }
        return line;
    }

    private int nextLine(int from) {
        int i = from;
        while (i < end && bytes[i] != '\n') {
            i++;
        }
        return Math.min(end, i + 1);
    }

    private boolean startsWith(int from, String ascii) {
        if (end - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String unfold(String value) {
        return value.replaceAll("[\\r\\n]+[ \\t]*", " ").strip();
    }

    /** One part: its header, and where its content stands. */
    final class Part {
        private final Map<String, List<String>> fields;
        private final int from;
        private final int to;

        private Part(Map<String, List<String>> fields, int from, int to) {
            this.fields = fields;
            this.from = Math.min(from, to);
            this.to = to;
        }

        /** For example {@code text/plain}, which is also what a part without type is. */
        String type() {
            String value = field("content-type").orElse("text/plain");
            int semicolon = value.indexOf(';');
            String type = (semicolon < 0 ? value : value.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            return type.indexOf('/') > 0 ? type : "text/plain";
        }

        /** A parameter of the content type, the name in lower case. */
        Optional<String> parameter(String name) {
            Matcher matcher = PARAMETER.matcher(field("content-type").orElse(""));
            while (matcher.find()) {
                if (matcher.group(1).equalsIgnoreCase(name)) {
                    return Optional.of(matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
                }
            }
            return Optional.empty();
        }

        /** The first field of that name (lower case), as it stands but unfolded. */
        Optional<String> field(String name) {
            return fields.getOrDefault(name, Collections.emptyList()).stream().findFirst();
        }

        List<String> fields(String name) {
            return fields.getOrDefault(name, Collections.emptyList());
        }

        /** A field with its encoded words (RFC 2047) read. */
        String readable(String name) {
            return field(name).map(MimeParts::decodeWords).orElse("");
        }

        /** The content as text: transfer encoding and charset undone, at most {@value #TEXT_BYTES_AT_MOST} bytes of it. */
        String text() {
            byte[] content = content();
            return new String(content, charset(parameter("charset").orElse("utf-8"), content));
        }

        /** The same; and read where it is base64 that nobody declared, as some gateways leave it. */
        String plainText() {
            String text = text();
            return isBase64(text) ? decodedBase64(text) : text;
        }

        /** Whole lines of it and nothing else. */
        private static boolean isBase64(String text) {
            int line = 0;
            boolean ended = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n' || c == '\r') {
                    ended |= line > 0 && line < 40;
                    line = 0;
                } else if (ended || line >= 76 || (c != '=' && (c > 'z' || base64Value((byte) c) < 0))) {
                    return false;
                } else {
                    line++;
                }
            }
            return text.length() > 40;
        }

        private static String decodedBase64(String text) {
            byte[] source = text.getBytes(StandardCharsets.ISO_8859_1);
            byte[] content = base64(source, 0, source.length);
            return new String(content, charset("", content));
        }

        private byte[] content() {
            String encoding =
                    field("content-transfer-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
            return switch (encoding) {
                case "base64" -> base64(bytes, from, to);
                case "quoted-printable" -> quotedPrintable(bytes, from, to, false);
                default -> Arrays.copyOfRange(bytes, from, Math.min(to, from + TEXT_BYTES_AT_MOST));
            };
        }

        /** The message that this part holds, with its parts. */
        MimeParts embeddedParts() {
            if (isEncoded()) {
                return new MimeParts(content());
            }
            return new MimeParts(Arrays.copyOfRange(bytes, from, Math.min(to, from + BYTES_AT_MOST)));
        }

        /** Embedded messages should not be (RFC 2046 section 5.2.1), but are. */
        private boolean isEncoded() {
            String encoding =
                    field("content-transfer-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
            return encoding.equals("base64") || encoding.equals("quoted-printable");
        }

        boolean isAttachment() {
            return field("content-disposition")
                    .filter(value -> value.strip().toLowerCase(Locale.ROOT).startsWith("attachment"))
                    .isPresent();
        }

        /** The header of the message that this part holds: embedded whole, or its header only. */
        Part embedded() {
            if (isEncoded()) {
                return new MimeParts(content()).root();
            }
            int start = from;
            while (start < to && (bytes[start] == '\r' || bytes[start] == '\n')) {
                start++;
            }
            return read(start, to);
        }
    }

    /** Words that follow each other are put together first: some split a character over two, against RFC 2047 section 5. */
    static String decodeWords(String value) {
        Matcher matcher = ENCODED_WORD.matcher(value);
        StringBuilder decoded = new StringBuilder();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        String charset = "";
        int done = 0;
        while (matcher.find()) {
            if (matcher.start() > done || !charset.equalsIgnoreCase(matcher.group(1))) {
                decoded.append(decoded(content, charset)).append(value, done, matcher.start());
                charset = matcher.group(1);
            }
            byte[] raw = matcher.group(3).getBytes(StandardCharsets.ISO_8859_1);
            content.writeBytes(
                    matcher.group(2).equalsIgnoreCase("b")
                            ? base64(raw, 0, raw.length)
                            : quotedPrintable(raw, 0, raw.length, true));
            done = matcher.end();
        }
        return decoded.append(decoded(content, charset))
                .append(value, done, value.length())
                .toString();
    }

    private static String decoded(ByteArrayOutputStream content, String charset) {
        byte[] bytes = content.toByteArray();
        content.reset();
        return new String(bytes, charset(charset, bytes));
    }

    /** The charset named, or what the bytes look like when it is unknown or is said to be ASCII. */
    private static Charset charset(String name, byte[] content) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        if (!wanted.isEmpty() && !wanted.contains("ascii") && !wanted.contains("utf-8") && !wanted.contains("utf-7")) {
            try {
                Charset charset = Charset.forName(wanted);
                if (charset.canEncode()) {
                    return charset;
                }
            } catch (IllegalArgumentException unknown) {
                // Falls through to what the bytes look like.
            }
        }
        return looksLikeUtf8(content) ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
    }

    private static boolean looksLikeUtf8(byte[] content) {
        int following = 0;
        for (byte b : content) {
            int value = b & 0xff;
            if (following > 0) {
                if (value >> 6 != 2) {
                    return false;
                }
                following--;
            } else if (value >= 0x80) {
                if (value < 0xc2 || value > 0xf4) {
                    return false;
                }
                following = value < 0xe0 ? 1 : value < 0xf0 ? 2 : 3;
            }
        }
        return true;
    }

    private static byte[] base64(byte[] source, int from, int to) {
        byte[] target = new byte[Math.min(TEXT_BYTES_AT_MOST, (to - from) * 3 / 4 + 3)];
        int length = 0;
        int buffer = 0;
        int bits = 0;
        for (int i = from; i < to && length < target.length; i++) {
            if (source[i] == '=') {
                // The padding ends one text; a gateway may have put another one behind it.
                buffer = 0;
                bits = 0;
            }
            int value = base64Value(source[i]);
            if (value >= 0) {
                buffer = ((buffer << 6) | value) & 0x3fff;
                bits += 6;
                if (bits >= 8) {
                    bits -= 8;
                    target[length++] = (byte) (buffer >> bits);
                }
            }
        }
        return Arrays.copyOf(target, length);
    }

    private static int base64Value(byte b) {
        if (b >= 'A' && b <= 'Z') {
            return b - 'A';
        }
        if (b >= 'a' && b <= 'z') {
            return b - 'a' + 26;
        }
        if (b >= '0' && b <= '9') {
            return b - '0' + 52;
        }
        return b == '+' ? 62 : b == '/' ? 63 : -1;
    }

    private static byte[] quotedPrintable(byte[] source, int from, int to, boolean inWord) {
        byte[] target = new byte[Math.min(TEXT_BYTES_AT_MOST, to - from)];
        int length = 0;
        int i = from;
        while (i < to && length < target.length) {
            byte b = source[i];
            if (b == '=' && i + 1 < to && (source[i + 1] == '\n' || source[i + 1] == '\r')) {
                i += source[i + 1] == '\r' && i + 2 < to && source[i + 2] == '\n' ? 3 : 2;
                continue;
            }
            if (b == '=' && i + 2 < to) {
                int high = Character.digit(source[i + 1], 16);
                int low = Character.digit(source[i + 2], 16);
                if (high >= 0 && low >= 0) {
                    target[length++] = (byte) ((high << 4) | low);
                    i += 3;
                    continue;
                }
            }
            target[length++] = inWord && b == '_' ? (byte) ' ' : b;
            i++;
        }
        return Arrays.copyOf(target, length);
    }
}
