package org.tidings.mail.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of one try.
 *
 * @param text the server's words in one line, without the recipient's address; or ours
 */
record Reply(Kind kind, String text) {

    enum Kind {
        /** The next hop has it (S01). */
        ACCEPTED,
        /** Try again later. */
        DEFERRED,
        /** Never for this mail and recipient. */
        REFUSED,
        /** The content went out and no reply came back (S03). */
        DOUBTFUL,
        /** The server cannot carry the address (A15). */
        ADDRESS_NOT_REACHABLE,
        /** The connection ended before the content: nothing was handed over. */
        NOT_BEGUN,
        /** We thought better of it before the content: the person opted out, or sending was stopped. */
        WITHDRAWN
    }

    private static final int MAX_TEXT = 300;
    private static final Pattern ENHANCED = Pattern.compile("^(\\d)\\d\\d[ -]([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");

    /** Judges a reply to RCPT, which is the only place where 552 means "too many" (S02). */
    static Reply toRecipient(int code, String text, String recipient) {
        return code == 552 ? new Reply(Kind.DEFERRED, line(text, recipient)) : of(code, text, recipient);
    }

    static Reply of(int code, String text, String recipient) {
        String line = line(text, recipient);
        if (code == 421) {
            return new Reply(Kind.NOT_BEGUN, line);
        }
        return switch (code / 100) {
            case 2 -> new Reply(Kind.ACCEPTED, line);
            case 5 -> new Reply(Kind.REFUSED, line);
            default -> new Reply(Kind.DEFERRED, line);
        };
    }

    /** The status of RFC 3463 such as {@code 5.1.1} where the reply has one whose class agrees with its code (S05). */
    String status() {
        Matcher matcher = ENHANCED.matcher(text);
        if (matcher.find() && matcher.group(1).equals(matcher.group(2))) {
            return matcher.group(2) + "." + Integer.parseInt(matcher.group(3)) + "."
                    + Integer.parseInt(matcher.group(4));
        }
        return "";
    }

    /** Whether the reply says that there is no such mailbox (B03); a full or a choosy one is another thing. */
    boolean saysUserIsGone() {
        if (kind != Kind.REFUSED) {
            return false;
        }
        return switch (status()) {
            case "5.1.1", "5.1.2", "5.1.6", "5.1.10", "5.2.1", "5.7.17", "5.7.18" -> true;
            case "", "5.0.0", "5.1.0" ->
                (text.startsWith("550") || text.startsWith("551") || text.startsWith("553"))
                        && UNKNOWN_USER.matcher(text.toLowerCase(Locale.ROOT)).find();
            default -> false;
        };
    }

    private static final Pattern UNKNOWN_USER = Pattern.compile(
            "user unknown|unknown user|no such (user|mailbox|recipient|person)|(user|mailbox|recipient|account) (was )?not found"
                    + "|does not exist|doesn't exist|invalid (mailbox|recipient)|no mailbox here");

    /** One line, bounded, the recipient's address blotted out: replies are kept longer than addresses. */
    static String line(String text, String recipient) {
        String line = text.strip().replaceAll("[\\r\\n]+", " ").replaceAll("\\p{Cntrl}", "");
        int at = line.toLowerCase(Locale.ROOT).indexOf(recipient.toLowerCase(Locale.ROOT));
        while (at >= 0 && !recipient.isEmpty() && at + recipient.length() <= line.length()) {
            line = line.substring(0, at) + "…" + line.substring(at + recipient.length());
            at = line.toLowerCase(Locale.ROOT).indexOf(recipient.toLowerCase(Locale.ROOT));
        }
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT - 1) + "…" : line;
    }
}
