package org.tidings.mail.internal.outcomes;

import java.util.Locale;
import java.util.Optional;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.internal.composing.Envelope;
import org.tidings.mail.internal.replies.Parties;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.replies.ReplyClassifier;
import org.tidings.mail.internal.replies.Verdict;

/**
 * What became of one try.
 *
 * @param text the server's words in one line, without the recipient's address; or our own reason, as {@link Diagnostic#kept}
 * @param reason why, where the server said no
 * @param by whose doing it is
 */
public record Reply(Kind kind, String text, Optional<Reason> reason, By by) {

    /** Who is behind a reply. */
    public enum By {
        US,
        /** The mail server, before a recipient was named, or by ending the connection. */
        SERVER,
        /** The recipient's side: the mail server speaks of her, or for the next hop. */
        RECEIVER
    }

    /** Kept by name in the journal. */
    public enum Kind {
        /** The next hop has it (SND-01). */
        ACCEPTED,
        /** Try again later. */
        DEFERRED,
        /** Never for this mail and recipient. */
        REFUSED,
        /** Never, and nobody is there (BNC-03): the address is not to be written to. */
        NOBODY_THERE,
        /** The content went out and no reply came back (SND-03). */
        DOUBTFUL,
        /** The server cannot carry the address (MSG-15). */
        ADDRESS_NOT_REACHABLE,
        /** The connection ended before the content: nothing was handed over. */
        NOT_BEGUN,
        /** We thought better of it before the content: the person opted out, or sending was stopped. */
        WITHDRAWN
    }

    private static final int MAX_TEXT = 300;

    /** As it was kept. */
    public Reply(Kind kind, String text) {
        this(kind, text, Optional.empty(), By.US);
    }

    /** Of our own reason. */
    public Reply(Kind kind, Why why) {
        this(kind, why.kept());
    }

    /** @param about as {@link Diagnostic#kept}, or words that are not ours */
    public Reply(Kind kind, Why why, String about) {
        this(kind, line(why.kept() + " " + about, ""));
    }

    /** The connection ended by itself. */
    public static Reply broken(Kind kind, Why why, String words) {
        return new Reply(kind, line(why.kept() + " " + words, ""), Optional.empty(), By.SERVER);
    }

    /** The same, taken for something else. */
    public Reply as(Kind other) {
        return new Reply(other, text, reason, by);
    }

    /** The three-digit code that it begins with; 0 if it is none of a server's. */
    public int code() {
        boolean digits = by != By.US && text.matches("[245]\\d\\d(\\D.*)?");
        return digits ? Integer.parseInt(text.substring(0, 3)) : 0;
    }

    /**
     * Judges a server's reply: the enhanced code first, then the words, then the basic code (SND-05). 421 ends the connection
     * wherever it comes (SND-02).
     *
     * @param text with the code in front; lines separated by LF
     */
    public static Reply of(ReplyClassifier.Stage stage, int code, String text, Envelope envelope) {
        String line = line(text, envelope.recipient());
        By by = switch (stage) {
            case CONNECT, AUTH, MAIL -> By.SERVER;
            case RCPT, DATA, CONTENT -> By.RECEIVER;
        };
        if (code / 100 == 2) {
            return new Reply(Kind.ACCEPTED, line, Optional.empty(), by);
        }
        if (code < 400 || code > 599) {
            return new Reply(Kind.DEFERRED, line, Optional.empty(), by);
        }
        Verdict verdict =
                ReplyClassifier.classify(stage, code, text, Parties.of(envelope.sender(), envelope.recipient()));
        Kind kind = code == 421 ? Kind.NOT_BEGUN : kind(verdict);
        return new Reply(kind, line, Optional.of(verdict.reason()), by);
    }

    private static Kind kind(Verdict verdict) {
        if (verdict.reason() == Reason.UTF8_ADDRESS) {
            return Kind.ADDRESS_NOT_REACHABLE;
        }
        return switch (verdict.kind()) {
            case DEFERRED -> Kind.DEFERRED;
            // "No way to her" counts only for the second mail (Unroutables); here it is a refusal like others.
            case HARD -> verdict.reason() == Reason.UNROUTABLE ? Kind.REFUSED : Kind.NOBODY_THERE;
            case SOFT, OURS -> Kind.REFUSED;
        };
    }

    /** One line, bounded, the recipient's address blotted out: replies are kept longer than addresses. */
    public static String line(String text, String recipient) {
        String line = text.strip().replaceAll("[\\r\\n]+", " ").replaceAll("\\p{Cntrl}", "");
        int at = line.toLowerCase(Locale.ROOT).indexOf(recipient.toLowerCase(Locale.ROOT));
        while (at >= 0 && !recipient.isEmpty() && at + recipient.length() <= line.length()) {
            line = line.substring(0, at) + "…" + line.substring(at + recipient.length());
            at = line.toLowerCase(Locale.ROOT).indexOf(recipient.toLowerCase(Locale.ROOT));
        }
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT - 1) + "…" : line;
    }
}
