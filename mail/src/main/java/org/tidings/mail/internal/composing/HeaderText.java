package org.tidings.mail.internal.composing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Header values: folding (RFC 5322 section 2.2.3), encoded words (RFC 2047) and parameters (RFC 2231). Control characters are
 * refused, never stripped.
 */
final class HeaderText {

    private static final int MAX_LINE = 76;
    /** {@code =?UTF-8?B?} and {@code ?=} around 60 base64 characters make 72. */
    private static final int OCTETS_IN_WORD = 45;

    private static final String SPECIALS_IN_PHRASE = "()<>[]:;@\\,.\"";

    private HeaderText() {}

    /** @throws HeaderRefused for CR, LF, NUL and every other control character */
    static String clean(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == '\u2028' || c == '\u2029') {
                throw new HeaderRefused();
            }
        }
        return value;
    }

    /** {@code Name: value} CRLF for free text such as a subject. */
    static void unstructured(String name, String value, ByteSink out) {
        out.put(name).put(": ");
        String text = clean(value);
        int column = name.length() + 2;
        if (isPlain(text) && longestWord(text) <= MAX_LINE - column) {
            fold(text, column, out);
        } else {
            encodedWords(text, column, out);
        }
        out.put("\r\n");
    }

    /** {@code Name: "Display name" <address>} CRLF. The address is taken as it is. */
    static void mailbox(String header, String displayName, String address, ByteSink out) {
        out.put(header).put(": ");
        int column = phrase(displayName, header.length() + 2, out);
        if (displayName.isBlank()) {
            out.put(clean(address));
        } else {
            out.put(column + address.length() + 3 > MAX_LINE ? "\r\n <" : " <")
                    .put(clean(address))
                    .put(">");
        }
        out.put("\r\n");
    }

    /** Writes a display name as atoms, a quoted string or encoded words and returns the column behind it. */
    static int phrase(String displayName, int column, ByteSink out) {
        String name = clean(displayName).strip();
        if (name.isEmpty()) {
            return column;
        }
        if (!isPlain(name) || name.length() > MAX_LINE - column - 2) {
            return encodedWords(name, column, out);
        }
        if (name.chars().allMatch(c -> c == ' ' || SPECIALS_IN_PHRASE.indexOf(c) < 0)) {
            out.put(name);
            return column + name.length();
        }
        String quoted = "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        out.put(quoted);
        return column + quoted.length();
    }

    /** ASCII without what reads as an encoded word and without space that a fold could swallow. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                && !text.contains("=?")
                && !text.contains("  ")
                && text.strip().equals(text);
    }

    private static int longestWord(String text) {
        int longest = 0;
        int from = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', from)) {
            longest = Math.max(longest, space - from);
            from = space + 1;
        }
        return Math.max(longest, text.length() - from);
    }

    private static void fold(String text, int column, ByteSink out) {
        int from = 0;
        int at = column;
        while (text.length() - from > MAX_LINE - at) {
            int space = text.lastIndexOf(' ', from + MAX_LINE - at);
            if (space <= from) {
                break;
            }
            out.put(text.substring(from, space)).put("\r\n");
            from = space;
            at = 0;
        }
        out.put(text.substring(from));
    }

    /** Base64 words, one a line after the first; no character is split. Returns the column behind the last. */
    private static int encodedWords(String text, int column, ByteSink out) {
        int at = column;
        int i = 0;
        boolean first = true;
        while (i < text.length() || first) {
            int room = Math.min(OCTETS_IN_WORD, (MAX_LINE - at - 12) / 4 * 3);
            int octets = 0;
            int end = i;
            while (end < text.length()) {
                int codePoint = text.codePointAt(end);
                int width = utf8Width(codePoint);
                if (octets + width > room) {
                    break;
                }
                octets += width;
                end += Character.charCount(codePoint);
            }
            if (end == i && i < text.length()) {
                out.put("\r\n ");
                at = 1;
                continue;
            }
            String word = "=?UTF-8?B?"
                    + Base64.getEncoder().encodeToString(text.substring(i, end).getBytes(StandardCharsets.UTF_8))
                    + "?=";
            out.put(word);
            at += word.length();
            i = end;
            first = false;
            if (i < text.length()) {
                out.put("\r\n ");
                at = 1;
            }
        }
        return at;
    }

    private static int utf8Width(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800 || (codePoint >= 0xd800 && codePoint < 0xe000)) {
            return codePoint < 0x800 ? 2 : 1;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    /**
     * {@code ;} fold {@code filename="…"} and, where the name is not plain ASCII, its exact form after RFC 2231, in
     * continuations where it is long.
     */
    static void fileName(String parameter, String fileName, ByteSink out) {
        String name = clean(fileName);
        StringBuilder ascii = new StringBuilder();
        boolean plain = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
            plain &= fits;
            ascii.append(fits ? c : '_');
        }
        String fallback = ascii.length() > 60 ? ascii.substring(ascii.length() - 60) : ascii.toString();
        out.put(";\r\n ").put(parameter).put("=\"").put(fallback).put("\"");
        if (plain && ascii.length() <= 60) {
            return;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || "-._".indexOf(c) >= 0) {
                encoded.append((char) c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        int room = MAX_LINE - parameter.length() - 16;
        if (encoded.length() <= room) {
            out.put(";\r\n ").put(parameter).put("*=UTF-8''").put(encoded.toString());
            return;
        }
        int part = 0;
        for (int i = 0; i < encoded.length(); part++) {
            int end = Math.min(encoded.length(), i + room);
            // Not inside of %XX.
            for (int back = 1; back <= 2 && end < encoded.length(); back++) {
                if (encoded.charAt(end - back) == '%') {
                    end -= back;
                    break;
                }
            }
            out.put(";\r\n ").put(parameter).put("*" + part + "*=");
            out.put(part == 0 ? "UTF-8''" : "").put(encoded.substring(i, end));
            i = end;
        }
    }

    /** A value that would have broken a header. Says nothing of the value. */
    static final class HeaderRefused extends IllegalArgumentException {
        HeaderRefused() {
            super("control character in a header value");
        }
    }
}
