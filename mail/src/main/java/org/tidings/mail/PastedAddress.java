package org.tidings.mail;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address as it comes out of a mail, a web page, a spreadsheet or a chat: takes off what is not part of it, and nothing else. */
final class PastedAddress {

    private static final int LONGEST = 4_000;
    private static final String OPENING = "\"„“”‚‘’«»‹›<([{`'*_";
    /** Closes what was opened, and ends sentences: none of it can end an address. */
    private static final String CLOSING = "\"„“”‚‘’«»‹›>)]};,.:!?…";
    /** Signs that an address may begin or end with: taken off only in pairs. */
    private static final String IN_PAIRS = "`'*_{";

    private static final String PAIRED_WITH = "`'*_}";
    private static final String MAILTO = "mailto:";

    /** {@code Ada Lovelace <ada@…>}. */
    private static final Pattern IN_BRACKETS = Pattern.compile("<([^<>]*@[^<>]*)>");
    /** {@code [write to Ada](mailto:ada@…)}. */
    private static final Pattern LINK =
            Pattern.compile("\\]\\(\\s*(?:mailto:)?([^()\\s]*@[^()\\s]*)\\)", Pattern.CASE_INSENSITIVE);
    /** {@code ada@… (Ada Lovelace)}. */
    private static final Pattern COMMENT = Pattern.compile("\\s+\\([^()@]*\\)$");

    private PastedAddress() {}

    static String cleaned(String typed) {
        if (typed.length() > LONGEST) {
            return typed;
        }
        String text = visible(typed);
        String before;
        do {
            before = text;
            text = unwrapped(withoutEnds(withoutBlanksAround(text)));
        } while (!text.equals(before));
        return text.replaceAll(
                "[\\s\\u00A0\\u2000-\\u200A\\u202F\\u205F\\u3000]*@[\\s\\u00A0\\u2000-\\u200A\\u202F\\u205F\\u3000]*",
                "@");
    }

    /** Without what has no width wherever it is, and with the signs of East Asian keyboards as everybody's. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(c -> !hasNoWidth(c)).map(PastedAddress::narrow).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /** Joiners are not among them: words of some scripts need them. */
    private static boolean hasNoWidth(int c) {
        return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD || c == 0x180E || (c >= 0xFE00 && c <= 0xFE0F);
    }

    private static int narrow(int c) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return c - 0xFEE0;
        }
        return c == 0x3002 || c == 0xFF61 ? '.' : c;
    }

    private static String withoutBlanksAround(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static String withoutEnds(String text) {
        if (text.length() < 2) {
            return text;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        int pair = IN_PAIRS.indexOf(first);
        if (pair >= 0) {
            if (last == PAIRED_WITH.charAt(pair)) {
                return text.substring(1, text.length() - 1);
            }
        } else if (OPENING.indexOf(first) >= 0 && !isNamed(text)) {
            return text.substring(1);
        }
        return CLOSING.indexOf(last) >= 0
                        && !isNamed(text)
                        && !COMMENT.matcher(text).find()
                ? text.substring(0, text.length() - 1)
                : text;
    }

    /** Brackets that tell a name from the address are needed yet. */
    private static boolean isNamed(String text) {
        return IN_BRACKETS.matcher(text).find() || LINK.matcher(text).find();
    }

    private static String unwrapped(String text) {
        Matcher link = LINK.matcher(text);
        if (link.find()) {
            return link.group(1);
        }
        Matcher bracketed = IN_BRACKETS.matcher(text);
        if (bracketed.find()) {
            String inside = bracketed.group(1);
            // Of two people none is meant more than the other.
            return bracketed.find() ? text : inside;
        }
        if (text.toLowerCase(Locale.ROOT).startsWith(MAILTO)) {
            String target = text.substring(MAILTO.length());
            int query = target.indexOf('?');
            return decoded(query < 0 ? target : target.substring(0, query));
        }
        return COMMENT.matcher(text).replaceFirst("");
    }

    private static String decoded(String target) {
        try {
            return URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return target;
        }
    }
}
