package org.tidings.mail.internal.returned.reading;

import java.nio.charset.StandardCharsets;
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
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.replies.EnhancedStatus;
import org.tidings.mail.internal.replies.Parties;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.replies.ReplyClassifier;
import org.tidings.mail.internal.replies.Verdict;

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

    /** Bounce domains are made below the mail's. */
    private static final Pattern OWN_LABEL = Pattern.compile(
            "(?i)^(?:(?:bounces?|return|returns|rp|verp|mail|mx|news|envelope|smtp|lists?|reply)[a-z0-9-]{0,10}\\.)(?=[^.]+\\.)");

    private static final int WRAPPINGS_AT_MOST = 3;
    /** How the part begins that a report's fields stand in, whatever type it says it is. */
    private static final Pattern STATUS_BEGIN = Pattern.compile(
            "(?i)\\A\\s{0,20}(?:reporting-mta|original-envelope-id|dsn-gateway|received-from-mta|arrival-date|final-recipient|original-recipient|x-postfix-queue-id)"
                    + "[ \\t]{0,3}:(?s:.{0,3000}?)\\n(?:final-recipient|action)[ \\t]{0,3}:");

    private static final Pattern KNOWN_FIELD =
            Pattern.compile("(?im)^(?:final-recipient|original-recipient|action|status)[ \\t]{0,3}:");
    /** Before each line of what was quoted. */
    private static final Pattern QUOTED = Pattern.compile("(?m)^(?:[ \\t]{0,2}>){1,4}[ \\t]?");
    /** The head of a bounce that was passed on in the text. */
    private static final Pattern PASSED_ON = Pattern.compile(
            "(?im)^[ \\t*]{0,4}(?:from|von|de|da|van|fra|från|od|от|від|feladó|lähettäjä|kimden|寄件者|发件人|差出人|보낸 사람)[ *]{0,3}[:：][^\\n]{0,200}(?:mailer-?daemon|postmaster|mail delivery|mail-?daemon|microsoftexchange)[^\\n]{0,200}$");

    private static final Pattern HEADER_LINE = Pattern.compile("[ \\t*]{0,4}[\\p{L}][\\p{L} -]{0,30}[ *]{0,3}[:：].*");

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
        MimeParts outer = MimeParts.of(message);
        return new Reading(unwrapped(outer), outer.root(), envelopeRecipient).read();
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

    /** Gateways put the report, as it was, into a mail of their own; so do people who pass it on. */
    private static MimeParts unwrapped(MimeParts parts) {
        return isReport(parts) ? parts : reportInside(parts, WRAPPINGS_AT_MOST).orElse(parts);
    }

    /** By its parts, or by the words of a mail daemon: what a report of either sort returns is a mail of ours, and none of that. */
    private static Optional<MimeParts> reportInside(MimeParts parts, int wrappings) {
        for (MimeParts.Part part : parts.leaves()) {
            if (isMessage(part)) {
                MimeParts inner = part.embeddedParts();
                Optional<MimeParts> found = isReturned(inner)
                        ? Optional.of(inner)
                        : wrappings > 1 ? reportInside(inner, wrappings - 1) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isReturned(MimeParts parts) {
        return isDeliveryReport(parts.root())
                || isReport(parts)
                || new Recognition(parts, Notice.of(parts)).isFromADaemonAndBounce();
    }

    private static boolean isMessage(MimeParts.Part part) {
        return part.type().equals("message/rfc822")
                || part.type().equals("message/global")
                || (part.isAttachment()
                        && part.parameter("name")
                                .or(() -> part.field("content-disposition"))
                                .filter(name -> name.toLowerCase(Locale.ROOT).contains(".eml"))
                                .isPresent());
    }

    private static boolean isReport(MimeParts parts) {
        return parts.first("message/delivery-status", "message/global-delivery-status", "message/feedback-report")
                        .isPresent()
                || parts.leaves().stream().anyMatch(part -> part != parts.root() && beginsAsStatus(part));
    }

    private static boolean beginsAsStatus(MimeParts.Part part) {
        return (part.type().startsWith("text/")
                        || part.type().startsWith("application/")
                        || part.type().startsWith("message/delivery"))
                && STATUS_BEGIN.matcher(head(part.plainText(), 4_000)).find();
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
        private final MimeParts.Part outer;
        private final @Nullable String envelopeRecipient;
        private final Parties parties;
        private final Optional<MimeParts.Part> original;
        private final Notice notice;
        private final Optional<Verp.Found> token;

        /** @param outer the head of the mail that it came in, which is its own unless it was wrapped */
        Reading(MimeParts parts, MimeParts.Part outer, @Nullable String envelopeRecipient) {
            this.parts = parts;
            this.root = parts.root();
            this.outer = outer;
            this.envelopeRecipient = envelopeRecipient;
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
            this.parties = parties();
        }

        /** Our names, as far as the report and the mail that it returns tell them. */
        private Parties parties() {
            Parties known = Parties.UNKNOWN
                    .and(verp.domain())
                    .and(OWN_LABEL.matcher(verp.domain()).replaceFirst(""));
            if (envelopeRecipient != null
                    && envelopeRecipient.toLowerCase(Locale.ROOT).endsWith(verp.domain())) {
                known = known.and(envelopeRecipient);
            }
            for (String field : List.of("from", "sender", "return-path")) {
                Optional<String> address = original.flatMap(o -> o.field(field)).flatMap(MailAddresses::firstIn);
                known = address.isPresent() ? known.and(address.get()) : known;
            }
            return known;
        }

        private Verdict verdict(Optional<EnhancedStatus> status, String words, Optional<String> recipient) {
            return ReplyClassifier.classifyReport(status, words, parties.to(recipient));
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
            if (!receipt && !recognition.isAutomatic()) {
                Optional<List<ReturnedMail>> inside = passedOn();
                if (inside.isPresent()) {
                    return inside.get();
                }
            }
            return List.of(
                    receipt || recognition.isAutomatic()
                            ? new ReturnedMail.AutoReply(aboutNobody())
                            : new ReturnedMail.NotUnderstood(aboutNobody()));
        }

        /** A bounce that somebody passed on in the text of a mail. */
        private Optional<List<ReturnedMail>> passedOn() {
            String text = QUOTED.matcher(notice.whole()).replaceAll("");
            Matcher head = PASSED_ON.matcher(text);
            if (!head.find()) {
                return Optional.empty();
            }
            String subject = "";
            int line = head.start();
            while (line < text.length()) {
                int end = text.indexOf('\n', line);
                String field = text.substring(line, end < 0 ? text.length() : end);
                if (field.isBlank() || !HEADER_LINE.matcher(field.strip()).matches()) {
                    break;
                }
                if (Recognition.namesABounce(field)) {
                    subject = field.substring(Math.max(field.indexOf(':'), field.indexOf('：')) + 1);
                }
                line = end < 0 ? text.length() : end + 1;
            }
            String inner = "From: MAILER-DAEMON@localhost\nSubject: " + subject.strip()
                    + "\nContent-Type: text/plain; charset=utf-8\n\n" + text.substring(line);
            List<ReturnedMail> mails =
                    new Reading(MimeParts.of(inner.getBytes(StandardCharsets.UTF_8)), outer, envelopeRecipient).read();
            return Optional.of(mails)
                    .filter(all -> all.stream()
                            .noneMatch(mail -> mail instanceof ReturnedMail.NotUnderstood
                                    || mail instanceof ReturnedMail.AutoReply));
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
                    StatusFields.of(statusText(part)).stream()
                            .filter(this::isOfRecipient)
                            .forEach(blocks::add);
                }
            }
            String flat = blocks.isEmpty() ? flattened() : "";
            if (!flat.isEmpty()) {
                StatusFields.of(flat).stream()
                        .filter(fields -> fields.containsKey("final-recipient"))
                        .forEach(blocks::add);
            }
            return blocks.stream()
                    .limit(RECIPIENTS_AT_MOST)
                    .map(fields -> delivery(fields, blocks.size() == 1))
                    .toList();
        }

        /** The text that a report's fields stand in, among others; empty if there is none. */
        private String flattened() {
            if (FLATTENED.matcher(notice.text()).find()) {
                return notice.text();
            }
            String unquoted = QUOTED.matcher(notice.whole()).replaceAll("");
            return FLATTENED.matcher(unquoted).find() && Recognition.namesABounce(unquoted) ? unquoted : "";
        }

        private boolean isStatus(MimeParts.Part part) {
            return part.type().equals("message/delivery-status")
                    || part.type().equals("message/global-delivery-status")
                    || (part != root && beginsAsStatus(part));
        }

        /** Encoded without saying so, or with a header of its own inside, by gateways that rewrote the report. */
        private String statusText(MimeParts.Part part) {
            String text = part.plainText();
            if (KNOWN_FIELD.matcher(text).find()) {
                return text;
            }
            String inner = part.embeddedParts().root().plainText();
            return KNOWN_FIELD.matcher(inner).find() ? inner : text;
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
                Reason reason = verdict(status, said, recipient).reason();
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
            Verdict verdict = verdict(status, said, recipient);
            String words = said;
            boolean mute =
                    said.isBlank() && status.filter(EnhancedStatus::isSpecific).isEmpty();
            if (verdict.reason() == Reason.UNKNOWN || mute) {
                boolean named = alone
                        || notice.about(recipient).length() < notice.text().length();
                for (String about : named ? notice.piecesAbout(recipient) : List.<String>of()) {
                    Verdict fuller = verdict(status, said + "\n" + about, recipient);
                    if (fuller.reason() != Reason.UNKNOWN) {
                        verdict = fuller;
                        words = said.isBlank() ? about : said;
                        break;
                    }
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
            Verdict verdict = new Verdict(Verdict.Kind.SOFT, Reason.UNKNOWN, Optional.empty());
            for (String piece : notice.piecesAbout(recipient)) {
                verdict = verdict(Optional.empty(), piece, recipient);
                if (verdict.reason() != Reason.UNKNOWN) {
                    words = piece;
                    break;
                }
            }
            if (verdict.reason() == Reason.UNKNOWN) {
                words = common;
                verdict = verdict(Optional.empty(), notice.subject() + "\n" + common, recipient);
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
            RECIPIENT_FIELDS.forEach(name -> places.addAll(outer.fields(name)));
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
