package org.tidings.mail.internal.composing;

import java.nio.charset.StandardCharsets;

/**
 * Quoted-printable for UTF-8 text (RFC 2045 section 6.7): lines of at most 76 characters, CRLF for every line break. A dot that
 * would begin a line is encoded, so that the result needs no dot stuffing (RFC 5321 section 4.5.2); so is the F of "From ".
 */
final class QuotedPrintable {

    /** Ends a line without breaking the text. */
    static final byte[] SOFT_BREAK = {'=', '\r', '\n'};

    private static final int MAX_COLUMN = 75;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private QuotedPrintable() {}

    /**
     * Encodes a piece that begins at the start of a line.
     *
     * @return the column after the last character: 0 when the piece is empty or ends in a line break
     */
    static int encode(String text, ByteSink out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int column = 0;
        for (int i = 0; i < utf8.length; i++) {
            int octet = utf8[i] & 0xff;
            if (octet == '\r' || octet == '\n') {
                if (octet == '\r' && i + 1 < utf8.length && utf8[i + 1] == '\n') {
                    i++;
                }
                out.put('\r').put('\n');
                column = 0;
                continue;
            }
            boolean literal = isLiteral(utf8, i, column);
            int width = literal ? 1 : 3;
            if (column + width > MAX_COLUMN) {
                out.put(SOFT_BREAK);
                column = 0;
                literal = isLiteral(utf8, i, column);
                width = literal ? 1 : 3;
            }
            if (literal) {
                out.put(octet);
            } else {
                out.put('=').put(HEX[octet >> 4]).put(HEX[octet & 15]);
            }
            column += width;
        }
        return column;
    }

    private static boolean isLiteral(byte[] utf8, int i, int column) {
        int octet = utf8[i] & 0xff;
        if (octet == ' ' || octet == '\t') {
            // White space must not end a line.
            return i + 1 < utf8.length && utf8[i + 1] != '\r' && utf8[i + 1] != '\n';
        }
        if (octet <= ' ' || octet >= 0x7f || octet == '=') {
            return false;
        }
        if (column == 0) {
            return octet != '.' && !(octet == 'F' && beginsFrom(utf8, i));
        }
        return true;
    }

    private static boolean beginsFrom(byte[] utf8, int i) {
        return i + 4 < utf8.length
                && utf8[i + 1] == 'r'
                && utf8[i + 2] == 'o'
                && utf8[i + 3] == 'm'
                && utf8[i + 4] == ' ';
    }
}
