package org.tidings.mail.internal.returned.reading;

import jakarta.json.JsonException;
import java.util.List;
import java.util.Optional;
import org.tidings.mail.internal.replies.EnhancedStatus;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.replies.ReplyClassifier;
import org.tidings.mail.internal.replies.Verdict;

/** Makes reports of what providers say about one recipient. */
public final class WebhookReports {
    /** Larger requests are to be refused before they come here. */
    static final int BODY_BYTES_AT_MOST = 2 * 1024 * 1024;

    private WebhookReports() {}

    /** What a provider found out by itself; used where the other server's words say nothing. */
    public enum Finding {
        /** Sure that nobody is there. Never holds against words that say it was our fault or a full mailbox. */
        GONE,
        /** Refused for what we are or send. Words of a missing user count, though. */
        REFUSED,
        /** To be tried again or given up; nothing is known for ever, whatever the words are. */
        PASSING,
        NONE
    }

    /** @param words the other server's, with its codes if it gave any */
    public static ReturnedMail failed(String recipient, String words, Optional<String> messageId, Finding finding) {
        Verdict verdict = ReplyClassifier.classifyReport(EnhancedStatus.firstIn(words), words);
        ReturnedMail.Report report = report(recipient, words, messageId);
        return switch (verdict.kind()) {
            case HARD ->
                finding == Finding.PASSING ? new ReturnedMail.SoftBounce(report) : new ReturnedMail.HardBounce(report);
            case OURS -> new ReturnedMail.OurFault(report);
            case SOFT, DEFERRED -> notHard(report, verdict, finding);
        };
    }

    private static ReturnedMail notHard(ReturnedMail.Report report, Verdict verdict, Finding finding) {
        if (finding == Finding.REFUSED) {
            return new ReturnedMail.OurFault(report);
        }
        return finding == Finding.GONE && verdict.reason() == Reason.UNKNOWN
                ? new ReturnedMail.HardBounce(report)
                : new ReturnedMail.SoftBounce(report);
    }

    public static ReturnedMail complaint(
            String recipient, String words, Optional<String> messageId, ReturnedMail.ComplaintKind kind) {
        return new ReturnedMail.Complaint(report(recipient, words, messageId), kind);
    }

    public static ReturnedMail.Report report(String recipient, String words, Optional<String> messageId) {
        Verdict verdict = ReplyClassifier.classifyReport(EnhancedStatus.firstIn(words), words);
        String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return new ReturnedMail.Report(
                Optional.empty(),
                MailAddresses.firstIn(recipient),
                verdict.status(),
                verdict.reason(),
                line.length() > 500 ? line.substring(0, 500) : line,
                messageId.filter(id -> id.startsWith("<") && id.endsWith(">") && id.length() < 260));
    }

    @FunctionalInterface
    public interface Reading {
        List<ReturnedMail> read();
    }

    /** What is found in a body; one that is not understood if that is nothing, or the body is none. */
    public static List<ReturnedMail> reading(byte[] body, Reading reading) {
        ReturnedMail nothing = new ReturnedMail.NotUnderstood(report("", "", Optional.empty()));
        if (body.length > BODY_BYTES_AT_MOST) {
            return List.of(nothing);
        }
        try {
            List<ReturnedMail> mails = reading.read();
            return mails.isEmpty() ? List.of(nothing) : mails;
        } catch (JsonException | ClassCastException | IllegalStateException malformed) {
            return List.of(nothing);
        }
    }
}
