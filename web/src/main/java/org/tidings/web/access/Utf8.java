package org.tidings.web.access;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

/**
 * Reads octets as UTF-8 or not at all. Java puts U+FFFD where it cannot, and an address in another encoding would become that of nobody (REP-22).
 */
public final class Utf8 {

    private Utf8() {}

    /** @throws CharacterCodingException for other encodings, overlong forms, halves of surrogate pairs */
    public static String text(byte[] octets) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(octets))
                .toString();
    }

    /**
     * The text behind a name or value of a form or query, in which a plus sign is a space.
     *
     * @param encoded its octets, as ISO 8859-1
     * @throws CharacterCodingException also for a percent sign without two hexadecimal digits
     */
    public static String decoded(String encoded) throws CharacterCodingException {
        var octets = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new MalformedInputException(1);
                }
                octets.write(high * 16 + low);
                i += 2;
            } else {
                octets.write(c == '+' ? ' ' : c);
            }
        }
        return text(octets.toByteArray());
    }
}
