package org.tidings.site;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * A character that no text of the site may have, because some door behind it could not take it: a header of a mail, a feed, a database, a
 * reader's screen. Asked wherever something is typed or sent, so that it is refused there, by name, and nowhere later.
 *
 * <p>Refused are control characters, line and paragraph separators, halves of surrogate pairs, noncharacters, marks that stand for what was
 * lost on the way (U+FFFD), and what makes text read in another order than it is written in: overrides, and whatever is opened and
 * not closed on its line. Everything else is right everywhere: any script, emoji in sequences, combining marks, no-break and zero-width spaces,
 * private use.
 *
 * @param codePoint the character
 * @param position counted from 1, in code points, from the beginning of the text
 * @param line counted from 1
 * @param column counted from 1, in code points, from the beginning of the line
 */
public record OddCharacter(int codePoint, Kind kind, int position, int line, int column) {

    /** Why it is refused. */
    public enum Kind {
        /** C0 and C1. */
        CONTROL,
        /** A line break where there is one line, and separators that are none everywhere. */
        SEPARATOR,
        /** Half of a surrogate pair. */
        HALF,
        /** Never assigned by Unicode, and not allowed in XML. */
        NONCHARACTER,
        /** Stands for a character that was lost before it came here. */
        LOST,
        /** Shows text in another order. */
        DIRECTION,
        /** Withdrawn by Unicode. */
        WITHDRAWN
    }

    private static final int LONGEST_NAME = 60;

    /** The first one of a text of one line. */
    public static Optional<OddCharacter> inLine(String text) {
        return first(text, false);
    }

    /** The first one of a text of several lines; CR, LF and tabulator are right. */
    public static Optional<OddCharacter> inText(String text) {
        return first(text, true);
    }

    /** The text with a space in place of each of them, for what was stored before they were refused. */
    public static String without(String text) {
        if (inText(text).isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(
                        kindOf(c, true).isPresent() || embeds(c) || isolates(c) || c == PDF || c == PDI ? ' ' : c));
        return clean.toString();
    }

    /** Whether a reader would see nothing of it: spaces of all kinds, and what has no width. */
    public static boolean showsNothing(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.CONTROL
                        || isFiller(c));
    }

    /** {@code U+2028 LINE SEPARATOR}. */
    public String name() {
        String name = kind == Kind.NONCHARACTER || kind == Kind.HALF
                ? kind == Kind.HALF ? "SURROGATE" : "NONCHARACTER"
                : String.valueOf(Character.getName(codePoint));
        String code = String.format(Locale.ROOT, "U+%04X", codePoint);
        return code + " " + name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** {@code U+2028 LINE SEPARATOR at position 5}. */
    @Override
    public String toString() {
        return name() + " at position " + position;
    }

    private static final int PDF = 0x202C;
    private static final int PDI = 0x2069;

    private static Optional<OddCharacter> first(String text, boolean lines) {
        Deque<OddCharacter> open = new ArrayDeque<>();
        int position = 1;
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            Optional<Kind> kind = kindOf(c, lines);
            if (kind.isPresent()) {
                return Optional.of(new OddCharacter(c, kind.get(), position, line, column));
            }
            if (c == '\n') {
                if (!open.isEmpty()) {
                    return Optional.of(open.getFirst());
                }
                line++;
                column = 0;
            } else if (embeds(c) || isolates(c)) {
                open.addLast(new OddCharacter(c, Kind.DIRECTION, position, line, column));
            } else if (c == PDF || c == PDI) {
                close(open, c);
            }
            position++;
            column++;
            i += Character.charCount(c);
        }
        return Optional.ofNullable(open.peekFirst());
    }

    /** Closes the last one of its sort, and what was opened inside and not closed (UAX 9); without one it means nothing. */
    private static void close(Deque<OddCharacter> open, int closing) {
        boolean any = open.stream().anyMatch(one -> closes(closing, one.codePoint()));
        while (any && !closes(closing, open.removeLast().codePoint())) {
            // An isolate's end closes embeddings inside of it.
        }
    }

    private static boolean closes(int closing, int opened) {
        return closing == PDF ? embeds(opened) : isolates(opened);
    }

    /** Whether it turns, opens or closes a direction of writing and shows nothing itself: for names, where none is needed (UAX 9). */
    public static boolean turnsDirection(int c) {
        return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= PDI);
    }

    private static boolean embeds(int c) {
        return c == 0x202A || c == 0x202B;
    }

    private static boolean isolates(int c) {
        return c >= 0x2066 && c <= 0x2068;
    }

    private static Optional<Kind> kindOf(int c, boolean lines) {
        if (c == '\n' || c == '\r') {
            return lines ? Optional.empty() : Optional.of(Kind.SEPARATOR);
        }
        if (c == '\t' && lines) {
            return Optional.empty();
        }
        if (Character.isISOControl(c)) {
            return Optional.of(Kind.CONTROL);
        }
        if (c == 0x2028 || c == 0x2029) {
            return Optional.of(Kind.SEPARATOR);
        }
        if (c >= 0xD800 && c <= 0xDFFF) {
            return Optional.of(Kind.HALF);
        }
        if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) {
            return Optional.of(Kind.NONCHARACTER);
        }
        if (c == 0xFFFD) {
            return Optional.of(Kind.LOST);
        }
        if (c == 0x202D || c == 0x202E) {
            return Optional.of(Kind.DIRECTION);
        }
        boolean withdrawn = c == 0xE0001 || (c >= 0x206A && c <= 0x206F) || (c >= 0xFFF9 && c <= 0xFFFB);
        return withdrawn ? Optional.of(Kind.WITHDRAWN) : Optional.empty();
    }

    /** Letters by their class that show nothing. */
    private static boolean isFiller(int c) {
        return c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x2800
                || c == 0x034F
                || (c >= 0xFE00 && c <= 0xFE0F);
    }
}
