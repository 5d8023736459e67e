package org.tidings.mail.internal.signing.dkim;

/** The relaxed header canonicalization of RFC 6376 section 3.4.2. */
final class RelaxedHeader {
    private RelaxedHeader() {}

    /**
     * Appends one header field: name in lower case, unfolded, runs of white space as one space, none at the end or around
     * the colon. A CRLF at the field's end is dropped, and written again only if asked for.
     *
     * @param from the name's first byte
     * @param to behind the field's last byte, with or without its CRLF
     * @param crlf whether to end the line; the DKIM-Signature field itself is hashed without (section 3.7)
     */
    static void append(Buffer target, byte[] source, int from, int to, boolean crlf) {
        int colon = from;
        while (colon < to && source[colon] != ':') {
            colon++;
        }
        int nameEnd = colon;
        while (nameEnd > from && isSpace(source[nameEnd - 1])) {
            nameEnd--;
        }
        for (int i = from; i < nameEnd; i++) {
            target.write(lower(source[i]));
        }
        target.write((byte) ':');
        boolean space = false;
        boolean started = false;
        for (int i = Math.min(colon + 1, to); i < to; i++) {
            byte b = source[i];
            if (isSpace(b) || b == '\r' || b == '\n') {
                space = true;
                continue;
            }
            if (space && started) {
                target.write((byte) ' ');
            }
            space = false;
            started = true;
            target.write(b);
        }
        if (crlf) {
            target.write((byte) '\r');
            target.write((byte) '\n');
        }
    }

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }
}
