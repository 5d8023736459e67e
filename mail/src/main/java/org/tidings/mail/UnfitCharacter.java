package org.tidings.mail;

import java.util.Optional;

/** Finds what of a refused address cannot be part of one, so that it can be named. */
final class UnfitCharacter {

    private static final String OF_LOCAL_PARTS = ".!#$%&'*+-/=?^_`{|}~";
    private static final String OF_DOMAINS = ".-";

    private UnfitCharacter() {}

    /** The first one, as a code point; blanks around do not count. */
    static Optional<Integer> in(String typed) {
        String address = typed.strip();
        int at = address.indexOf('@');
        for (int i = 0; i < address.length(); ) {
            int c = address.codePointAt(i);
            boolean inDomain = at >= 0 && i > at;
            if (i != at && !isFit(c, inDomain ? OF_DOMAINS : OF_LOCAL_PARTS)) {
                return Optional.of(c);
            }
            i += Character.charCount(c);
        }
        return Optional.empty();
    }

    private static boolean isFit(int c, String signs) {
        if (c < 0x80) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || signs.indexOf(c) >= 0;
        }
        return !Character.isISOControl(c)
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.UNASSIGNED;
    }
}
