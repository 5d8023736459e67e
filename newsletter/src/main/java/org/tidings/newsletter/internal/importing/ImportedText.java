package org.tidings.newsletter.internal.importing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.site.OddCharacter;

/** Takes off what spreadsheets, mail programs and the clipboard leave around addresses and names. */
final class ImportedText {

    private static final Pattern BRACKETS = Pattern.compile("(.*?)<([^<>]*)>[\\s;,.]*", Pattern.DOTALL);
    private static final Pattern SEVERAL = Pattern.compile("@[^@,;|\\s]+[\\s,;|/]+[^@\\s]+@");

    private ImportedText() {}

    /** Whether somebody would see nothing there; Ctrl-Z at a file's end, too. */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(ImportedText::isInvisible);
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** Without what is invisible around it. */
    static String trimmed(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isInvisible(text.codePointAt(begin))) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        while (end > begin && isInvisible(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(begin, end);
    }

    /** One line that fits into a header: line breaks, tabs and other control characters are blanks, what is no character is gone. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean breaks = Character.isISOControl(c)
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            boolean none = type == Character.SURROGATE || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
            if (breaks) {
                line.append(' ');
            } else if (!none) {
                line.appendCodePoint(c);
            }
        });
        String right = OddCharacter.inLine(line.toString()).isPresent()
                ? OddCharacter.without(line.toString())
                : line.toString();
        return trimmed(right).replaceAll(" {2,}", " ");
    }

    /** What stands in an address's field: the address, and the name before it in {@code Ann <ann@…>}. */
    record Mailbox(String address, String name) {}

    static Mailbox mailbox(String field) {
        String text = trimmed(field);
        String name = "";
        Matcher brackets = BRACKETS.matcher(text);
        if (brackets.matches()) {
            text = trimmed(brackets.group(2));
            name = trimmed(brackets.group(1).replaceAll("^[\\s\"']+|[\\s\"']+$", ""));
        }
        if (text.toLowerCase(Locale.ROOT).startsWith("mailto:")) {
            text = text.substring("mailto:".length()).replaceFirst("\\?.*$", "").replace("%40", "@");
        }
        text = trimmed(text.replaceAll("^[\\s\"<(,;]+|[\\s\">),;.]+$", ""));
        return new Mailbox(text, name);
    }

    static boolean isSeveral(String field) {
        return SEVERAL.matcher(field).find();
    }

    static Optional<EmailAddress> address(String field) {
        String text = mailbox(field).address();
        if (text.indexOf('@') < 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(EmailAddress.parse(text));
        } catch (EmailAddressRejected e) {
            return Optional.empty();
        }
    }

    /** The field, or nothing where the row is shorter. */
    static String field(List<String> fields, int column) {
        return column >= 0 && column < fields.size() ? fields.get(column) : "";
    }
}
