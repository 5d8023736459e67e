package org.tidings.mail.internal.returned.reading;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.mail.internal.replies.Words;

/** Complaints in the standard's form (RFC 5965) and in the forms that providers had before or still have. */
final class Complaints {

    /** @param words for people */
    record Found(ReturnedMail.ComplaintKind kind, Optional<String> recipient, String words) {}

    private final MimeParts parts;
    private final MimeParts.Part root;
    private final Optional<MimeParts.Part> original;
    private final String subject;

    Complaints(MimeParts parts, Optional<MimeParts.Part> original, Notice notice) {
        this.parts = parts;
        this.root = parts.root();
        this.original = original;
        this.subject = notice.subject();
    }

    Optional<Found> found() {
        return parts.first("message/feedback-report").map(this::standard).or(this::other);
    }

    private Found standard(MimeParts.Part feedback) {
        Map<String, String> fields = StatusFields.of(feedback.text()).get(0);
        ReturnedMail.ComplaintKind kind = kindOf(fields.getOrDefault("feedback-type", "abuse"));
        Optional<String> recipient = Optional.ofNullable(fields.get("original-rcpt-to"))
                .or(() -> Optional.ofNullable(fields.get("removal-recipient")))
                .or(() -> original.flatMap(o -> o.field("to")))
                .flatMap(MailAddresses::firstIn);
        return new Found(kind, recipient, kind + " " + fields.getOrDefault("user-agent", ""));
    }

    private Optional<Found> other() {
        Optional<String> marked = original.flatMap(o -> o.field("x-hmxmroriginalrecipient"))
                .or(() -> root.field("x-hmxmroriginalrecipient"));
        if (marked.isPresent() || isFeedbackReport() || isFeedbackLoop()) {
            Optional<String> recipient = marked.or(() -> original.flatMap(o -> o.field("x-rcpt-to")))
                    .or(() -> original.flatMap(o -> o.field("to")))
                    .flatMap(MailAddresses::firstIn);
            return Optional.of(new Found(ReturnedMail.ComplaintKind.ABUSE, recipient, root.readable("subject")));
        }
        if (root.field("x-apple-unsubscribe").isPresent()) {
            // Apple Mail writes it for a person who tapped "unsubscribe".
            return Optional.of(new Found(
                    ReturnedMail.ComplaintKind.OPT_OUT,
                    root.field("from").flatMap(MailAddresses::firstIn),
                    root.readable("subject")));
        }
        return Optional.empty();
    }

    private boolean isFeedbackReport() {
        return root.parameter("report-type")
                .filter("feedback-report"::equalsIgnoreCase)
                .isPresent();
    }

    private boolean isFeedbackLoop() {
        String from = Words.fold(root.field("from").orElse(""));
        return subject.startsWith("complaint about message from")
                || subject.startsWith("email feedback report for ip")
                || (subject.startsWith("[spamcop (") && from.contains("spamcop"))
                || root.field("x-loop").filter("scomp"::equalsIgnoreCase).isPresent()
                || (from.contains("staff@hotmail.com") && original.isPresent());
    }

    /** Of a feedback type (RFC 5965 section 7.3), in whatever case. */
    static ReturnedMail.ComplaintKind kindOf(String type) {
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "abuse", "complaint", "miscategorized" -> ReturnedMail.ComplaintKind.ABUSE;
            case "fraud" -> ReturnedMail.ComplaintKind.FRAUD;
            case "opt-out", "opt-out-list", "unsubscribe" -> ReturnedMail.ComplaintKind.OPT_OUT;
            case "not-spam" -> ReturnedMail.ComplaintKind.NOT_SPAM;
            case "virus" -> ReturnedMail.ComplaintKind.VIRUS;
            case "auth-failure", "dmarc", "dkim" -> ReturnedMail.ComplaintKind.AUTH_FAILURE;
            default -> ReturnedMail.ComplaintKind.OTHER;
        };
    }
}
