package org.tidings.mail.internal.returned;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail that came to a bounce address. Tries the exact forms first (complaint report, delivery report), then what
 * servers write in plain text. Thread-safe.
 *
 * <p>Never throws on what it is given, takes time in proportion to the input's first 4 MB, and in doubt says
 * {@link ReturnedMail.NotUnderstood} or soft.
 */
public final class ReturnedMailReader {
    private static final int RECIPIENTS_AT_MOST = 50;
    private static final int DIAGNOSTIC_CHARS_AT_MOST = 500;

    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^[ \\t>]{0,4}message-id:\\s{0,5}(<[^<>\\s]{3,250}>)");
    /** A report that a gateway made one text with the rest. */
    private static final Pattern FLATTENED =
            Pattern.compile("(?im)^final-recipient:.{1,300}$(?:\\R.{1,300}$){0,4}\\R(?:action|status|diagnostic-code):"
                    + "|^(?:action|status):.{1,300}$(?:\\R.{1,300}$){0,4}\\Rfinal-recipient:");

    private static final List<String> RECIPIENT_FIELDS =
            List.of("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to");

    private final Verp verp;

    public ReturnedMailReader(Verp verp) {
        this.verp = verp;
    }

    /**
     * Reads one mail.
     *
     * @param message as received, at most the first 4 MB of it are looked at
     * @param envelopeRecipient the address of RCPT TO, where it is known
     * @return one for each recipient that the mail speaks of, at least one
     */
    public List<ReturnedMail> read(byte[] message, @Nullable String envelopeRecipient) {
        return new Reading(unwrapped(MimeParts.of(message)), envelopeRecipient).read();
    }

    /** The addresses that a mail from a mailbox, where the envelope is lost, says it was written to; at most 50. */
    public List<String> writtenTo(byte[] message) {
        Set<String> addresses = new LinkedHashSet<>();
        MimeParts.Part root = MimeParts.of(message).root();
        for (String name : RECIPIENT_FIELDS) {
            root.fields(name).forEach(field -> MailAddresses.addAll(addresses, field, RECIPIENTS_AT_MOST));
        }
        return List.copyOf(addresses);
    }

    /** The List-Unsubscribe field of the mail that a report returns: it bears a token of ours where everything else was blackened. */
    public Optional<String> unsubscribeFieldOfOriginal(byte[] message) {
        return MimeParts.of(message)
                .first("message/rfc822", "text/rfc822-headers")
                .map(MimeParts.Part::embedded)
                .flatMap(original -> original.field("list-unsubscribe"));
    }

    /** Gateways that put a line under every mail put the report, as it was, into a mail of their own. */
    private static MimeParts unwrapped(MimeParts parts) {
        if (!isDeliveryReport(parts.root())
                || parts.first("message/delivery-status").isPresent()) {
            return parts;
        }
        return parts.first("message/rfc822")
                .map(MimeParts.Part::embeddedParts)
                .filter(inner -> isDeliveryReport(inner.root()))
                .orElse(parts);
    }

    private static boolean isDeliveryReport(MimeParts.Part part) {
        return part.parameter("report-type")
                .filter("delivery-status"::equalsIgnoreCase)
                .isPresent();
    }

    /** Reads a report's parts; one for each mail. */
    private final class Reading {
        private final MimeParts parts;
        private final MimeParts.Part root;
        private final Optional<MimeParts.Part> original;
        private final Notice notice;
        private final Optional<Verp.Found> token;

        Reading(MimeParts parts, @Nullable String envelopeRecipient) {
            this.parts = parts;
            this.root = parts.root();
            this.original = parts.first(
                            "message/rfc822",
                            "text/rfc822-headers",
                            "text/rfc822-header",
                            "message/global",
                            "message/global-headers",
                            "message/rfc822-headers")
                    .map(MimeParts.Part::embedded);
            this.notice = Notice.of(parts);
            this.token = findToken(envelopeRecipient);
        }

        List<ReturnedMail> read() {
            if (notice.whole().stripLeading().startsWith("{") && notice.whole().contains("notificationType")) {
                return SesWebhook.readMail(notice.whole());
            }
            Optional<Complaints.Found> complaint = new Complaints(parts, original, notice).found();
            if (complaint.isPresent()) {
                return List.of(complaint(complaint.get()));
            }
            Recognition recognition = new Recognition(parts, notice);
            List<ReturnedMail> delivery = deliveryReport();
            if (delivery.isEmpty()) {
                return withoutReport(recognition);
            }
            // Some services dress their challenge as a report.
            return delivery.stream().allMatch(this::saysNothing) && recognition.saysAutomatic()
                    ? List.of(new ReturnedMail.AutoReply(aboutNobody()))
                    : delivery;
        }

        private List<ReturnedMail> withoutReport(Recognition recognition) {
            boolean receipt = recognition.isReadReceipt();
            if (!receipt && recognition.isBounce()) {
                return recognition.isDelay() ? List.of(delay()) : textBounces();
            }
            return List.of(
                    receipt || recognition.isAutomatic()
                            ? new ReturnedMail.AutoReply(aboutNobody())
                            : new ReturnedMail.NotUnderstood(aboutNobody()));
        }

        private ReturnedMail.Report aboutNobody() {
            return report(Optional.empty(), Optional.empty(), Reason.UNKNOWN, root.readable("subject"));
        }

        private boolean saysNothing(ReturnedMail mail) {
            return mail instanceof ReturnedMail.SoftBounce && mail.report().reason() == Reason.UNKNOWN;
        }

        private ReturnedMail complaint(Complaints.Found found) {
            return new ReturnedMail.Complaint(
                    report(found.recipient(), Optional.empty(), Reason.UNKNOWN, found.words()), found.kind());
        }

        // Delivery reports

        private List<ReturnedMail> deliveryReport() {
            List<Map<String, String>> blocks = new ArrayList<>();
            for (MimeParts.Part part : parts.leaves()) {
                if (isStatus(part)) {
                    StatusFields.of(part.text()).stream()
                            .filter(this::isOfRecipient)
                            .forEach(blocks::add);
                }
            }
            if (blocks.isEmpty() && FLATTENED.matcher(notice.text()).find()) {
                StatusFields.of(notice.text()).stream()
                        .filter(fields -> fields.containsKey("final-recipient"))
                        .forEach(blocks::add);
            }
            return blocks.stream()
                    .limit(RECIPIENTS_AT_MOST)
                    .map(fields -> delivery(fields, blocks.size() == 1))
                    .toList();
        }

        private boolean isStatus(MimeParts.Part part) {
            return part.type().equals("message/delivery-status")
                    || part.type().equals("message/global-delivery-status")
                    || (part != root
                            && part.type().equals("text/plain")
                            && part.text().stripLeading().startsWith("Reporting-MTA:"));
        }

        private boolean isOfRecipient(Map<String, String> fields) {
            return fields.containsKey("final-recipient")
                    || fields.containsKey("original-recipient")
                    || fields.containsKey("action")
                    || fields.containsKey("status");
        }

        private ReturnedMail delivery(Map<String, String> fields, boolean alone) {
            Optional<String> recipient = recipientOf(fields);
            Optional<EnhancedStatus> status =
                    Optional.ofNullable(fields.get("status")).flatMap(EnhancedStatus::firstIn);
            String said = fields.getOrDefault("diagnostic-code", "");
            String action = fields.getOrDefault("action", "").strip().toLowerCase(Locale.ROOT);
            if (action.startsWith("delayed")) {
                Reason reason = ReplyClassifier.classifyReport(status, said).reason();
                return new ReturnedMail.Delayed(report(recipient, status, reason, said));
            }
            if (action.startsWith("delivered")
                    || action.startsWith("relayed")
                    || action.startsWith("expanded")
                    || (action.isEmpty() && status.filter(s -> s.kind() == 2).isPresent())) {
                return new ReturnedMail.Info(report(recipient, status, Reason.UNKNOWN, said));
            }
            return failed(recipient, status, said, alone);
        }

        /** The original recipient is whom we wrote to; the final one may be where it was forwarded. */
        private Optional<String> recipientOf(Map<String, String> fields) {
            return Optional.ofNullable(fields.get("original-recipient"))
                    .flatMap(MailAddresses::firstIn)
                    .or(() -> Optional.ofNullable(fields.get("final-recipient")).flatMap(MailAddresses::firstIn))
                    .or(() -> notice.failedRecipients().stream().findFirst());
        }

        /** By the report's fields; by its text where they say nothing and the text is about nobody else. */
        private ReturnedMail failed(
                Optional<String> recipient, Optional<EnhancedStatus> status, String said, boolean alone) {
            Verdict verdict = ReplyClassifier.classifyReport(status, said);
            String words = said;
            boolean mute =
                    said.isBlank() && status.filter(EnhancedStatus::isSpecific).isEmpty();
            if (verdict.reason() == Reason.UNKNOWN || mute) {
                String about = notice.about(recipient);
                boolean named = alone || about.length() < notice.text().length();
                Verdict fuller = ReplyClassifier.classifyReport(status, said + "\n" + about);
                if (named && fuller.reason() != Reason.UNKNOWN) {
                    verdict = fuller;
                    words = said.isBlank() ? about : said;
                }
            }
            return bounce(verdict, recipient, words.isBlank() ? notice.text() : words);
        }

        // Bounces in plain text

        private ReturnedMail delay() {
            return new ReturnedMail.Delayed(report(
                    notice.failedRecipients().stream().findFirst(),
                    EnhancedStatus.firstIn(notice.text()),
                    Reason.UNKNOWN,
                    root.readable("subject")));
        }

        private List<ReturnedMail> textBounces() {
            List<String> failed = List.copyOf(notice.failedRecipients());
            if (failed.isEmpty()) {
                return List.of(textBounce(Optional.empty(), notice.text()));
            }
            // Where several failed, only what stands before the first is said of all.
            String common = failed.size() == 1 ? notice.text() : notice.before(failed);
            return failed.stream()
                    .map(recipient -> textBounce(Optional.of(recipient), common))
                    .toList();
        }

        private ReturnedMail textBounce(Optional<String> recipient, String common) {
            String words = notice.about(recipient);
            Verdict verdict = ReplyClassifier.classifyReport(Optional.empty(), words);
            if (verdict.reason() == Reason.UNKNOWN) {
                words = common;
                verdict = ReplyClassifier.classifyReport(Optional.empty(), notice.subject() + "\n" + common);
            }
            return bounce(verdict, recipient, words);
        }

        private ReturnedMail bounce(Verdict verdict, Optional<String> recipient, String words) {
            ReturnedMail.Report report = report(recipient, verdict.status(), verdict.reason(), words);
            return switch (verdict.kind()) {
                case HARD -> new ReturnedMail.HardBounce(report);
                case OURS -> new ReturnedMail.OurFault(report);
                case SOFT, DEFERRED -> new ReturnedMail.SoftBounce(report);
            };
        }

        // What every report says

        private Optional<Verp.Found> findToken(@Nullable String envelopeRecipient) {
            List<String> places = new ArrayList<>();
            if (envelopeRecipient != null) {
                places.add(envelopeRecipient);
            }
            RECIPIENT_FIELDS.forEach(name -> places.addAll(root.fields(name)));
            original.ifPresent(o -> {
                places.addAll(o.fields("return-path"));
                places.addAll(o.fields("x-hmxmroriginalrecipient"));
            });
            parts.first("message/feedback-report").ifPresent(f -> places.add(head(f.text(), 8_000)));
            places.add(notice.whole());
            Optional<Verp.Found> first = Optional.empty();
            for (String place : places) {
                Optional<Verp.Found> found = verp.find(place.indexOf('@') < 0 ? place + "@" : place);
                if (found.filter(Verp.Genuine.class::isInstance).isPresent()) {
                    return found;
                }
                first = first.or(() -> found);
            }
            return first;
        }

        private Optional<String> messageId() {
            return original.flatMap(o -> o.field("message-id"))
                    .or(() -> {
                        Matcher matcher = MESSAGE_ID.matcher(notice.whole());
                        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
                    })
                    .or(() -> root.field("in-reply-to"))
                    .map(String::strip)
                    .filter(id -> id.startsWith("<") && id.endsWith(">") && id.length() < 260);
        }

        private ReturnedMail.Report report(
                Optional<String> recipient, Optional<EnhancedStatus> status, Reason reason, String words) {
            String line = head(words, 4_000).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            return new ReturnedMail.Report(
                    token, recipient, status, reason, head(line, DIAGNOSTIC_CHARS_AT_MOST), messageId());
        }
    }

    private static String head(String text, int chars) {
        return text.length() > chars ? text.substring(0, chars) : text;
    }
}
