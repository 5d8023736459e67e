package org.tidings.mail.internal.returned;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private static final int NOTICE_CHARS_AT_MOST = 12_000;
    private static final int SNIPPET_CHARS_AT_MOST = 1_500;

    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>\"'(),;:\\[\\]=]{1,64}@[a-zA-Z0-9._-]{1,190}[a-zA-Z0-9]");
    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^[ \\t>]{0,4}message-id:\\s{0,5}(<[^<>\\s]{3,250}>)");
    /** A recipient that begins a paragraph of its own, as servers list them. */
    private static final Pattern LISTED = Pattern.compile(
            "(?m)^[ \\t]{0,8}(?:Recipient: )?[<\"]?([^\\s<>\"'(),;:\\[\\]=]{1,64}@[a-zA-Z0-9._-]{1,190}[a-zA-Z0-9])[>\"]?(?:[:.,]|[ \\t]*$|[ \\t]+\\()");

    /** From here on a notice repeats the mail that failed. */
    private static final Pattern ORIGINAL = Pattern.compile("(?im)^(?:"
            + "[ \\t>]{0,4}-{2,} ?(?:this is a copy|below this line|enclosed (?:is|are)|original message|forwarded message|returned message"
            + "|unsent message|message header|message truncated|start of (?:the )?(?:original|returned)|the (?:original|header|body)|copia|copie|kopie"
            + "|ursprungliche|ursprüngliche|mensaje original|message original|message d'origine|undelivered|transmitted message|header|rest of).*"
            + "|(?:original message (?:headers|header|follows)|the original message|the first \\d+ lines of|the header of the original"
            + "|ursprüngliche nachricht|original-nachricht|headers of the original|your original message|reproduced below|this is a copy of).*"
            + "|(?:return-path|received|dkim-signature|x-originating-ip): .*)");

    private static final Set<String> BOUNCE_SENDERS = Set.of(
            "mailer-daemon",
            "postmaster",
            "mailerdaemon",
            "mail-daemon",
            "mdaemon",
            "mailer_daemon",
            "mail_daemon",
            "daemon",
            "bounce",
            "bounces",
            "mailsystem",
            "mailer",
            "mail-delivery-system",
            "microsoftexchange",
            "antispam",
            "noreply-bounce");
    private static final List<String> BOUNCE_SUBJECTS = Words.phrases(
            "undelivered mail",
            "undeliverable",
            "undelivered",
            "undeliver",
            "delivery status notification",
            "delivery failure",
            "delivery failed",
            "failure notice",
            "failure delivery",
            "mail delivery failed",
            "mail delivery failure",
            "mail delivery problem",
            "mail delivery error",
            "returned mail",
            "returned to sender",
            "returning message to sender",
            "delivery notification",
            "delivery has failed",
            "delivery problem",
            "delivery error",
            "message you sent blocked",
            "could not be delivered",
            "not delivered",
            "non delivery",
            "nondeliverable",
            "non-delivery",
            "nondelivery",
            "mail system error",
            "mail could not be",
            "message could not",
            "rejected mail",
            "mail rejected",
            "email rejected",
            "message rejected",
            "bounced mail",
            "bounced",
            "notification d'etat",
            "non remis",
            "non distribue",
            "echec de la remise",
            "echec de remise",
            "echec de distribution",
            "echec d'envoi",
            "unzustellbar",
            "nicht zustellbar",
            "nicht zugestellt",
            "zustellung fehlgeschlagen",
            "fehlgeschlagene zustellung",
            "zustellfehler",
            "fehler bei der zustellung",
            "konnte nicht zugestellt",
            "mail delivery system",
            "no se puede entregar",
            "no entregado",
            "no se pudo entregar",
            "error de entrega",
            "entrega fallida",
            "correo devuelto",
            "devolucion",
            "mancato recapito",
            "impossibile recapitare",
            "non recapitabile",
            "falha na entrega",
            "falha de entrega",
            "nao entregue",
            "onbestelbaar",
            "niet bezorgd",
            "olevererbart",
            "gick inte att leverera",
            "kunne ikke leveres",
            "ikke leveret",
            "niedostarczon",
            "nie mozna dostarczyc",
            "niedoreczenie",
            "не доставлено",
            "недоставленное",
            "配信不能",
            "配信できません",
            "未送达",
            "退信",
            "系统退信",
            "warning: could not send",
            "warning: message",
            "delayed mail",
            "message delayed",
            "delivery delayed",
            "user unknown",
            "mailbox full",
            "message status - undeliverable");
    private static final List<String> BOUNCE_TEXTS = Words.phrases(
            "could not be delivered",
            "couldn't be delivered",
            "cannot be delivered",
            "can't be delivered",
            "wasn't delivered",
            "was not delivered",
            "has not been delivered",
            "not be delivered to",
            "failed permanently",
            "delivery to the following",
            "did not reach the following",
            "unable to deliver",
            "wasn't able to deliver",
            "was not able to deliver",
            "not able to deliver",
            "delivery failed",
            "delivery has failed",
            "failed to deliver",
            "permanent fatal errors",
            "permanent error",
            "undeliverable",
            "mail delivery software",
            "this is the mail system",
            "qmail-send program",
            "this is the postfix",
            "delivery of email to this address",
            "returned to sender",
            "error that the other server returned",
            "said: 5",
            "remote host said",
            "recipient(s) failed",
            "delivery error",
            "konnte nicht zugestellt",
            "nicht zugestellt werden",
            "unzustellbar",
            "n'a pas pu etre",
            "pas pu etre distribue",
            "pas ete remis",
            "pas pu etre remis",
            "no pudo ser entregado",
            "no se pudo entregar",
            "no ha podido ser entregado",
            "no se ha podido entregar",
            "nao pode ser entregue",
            "nao pode ser enviada",
            "non e stato possibile recapitare",
            "non e stato recapitato",
            "kon niet worden bezorgd",
            "gick inte att leverera",
            "gave up",
            "giving up");
    private static final List<String> AUTO_SUBJECTS = Words.phrases(
            "out of office",
            "out of the office",
            "out-of-office",
            "automatic reply",
            "automatic response",
            "auto reply",
            "auto-reply",
            "autoreply",
            "auto response",
            "auto-response",
            "autoresponse",
            "autoresponder",
            "auto:",
            "vacation",
            "on holiday",
            "away from",
            "on leave",
            "annual leave",
            "i am away",
            "i'm away",
            "maternity leave",
            "abwesen",
            "automatische antwort",
            "autom. antwort",
            "urlaub",
            "nicht im buro",
            "ausser haus",
            "reponse automatique",
            "absence du bureau",
            "absent du bureau",
            "message d'absence",
            "en conge",
            "en vacances",
            "respuesta automatica",
            "fuera de la oficina",
            "fuera de oficina",
            "ausencia",
            "vacaciones",
            "risposta automatica",
            "fuori sede",
            "fuori ufficio",
            "assenza",
            "resposta automatica",
            "ausente",
            "automatisch antwoord",
            "afwezig",
            "autosvar",
            "franvaro",
            "automaattinen",
            "automatyczna odpowiedz",
            "nieobecnos",
            "automaticka odpoved",
            "автоответ",
            "自動応答",
            "自动回复",
            "不在",
            "confirmation required",
            "please verify",
            "challenge",
            "message pending",
            "your email requires verification",
            "verify your",
            "boxbe",
            "spam arrest",
            "thank you for your e",
            "we have received your",
            "ticket",
            "automatiska atbilde",
            "atvalinajum");
    private static final List<String> AUTO_TEXTS = Words.phrases(
            "out of office",
            "out of the office",
            "i am on vacation",
            "i'm on vacation",
            "i will be back",
            "on annual leave",
            "limited access to email",
            "limited access to my email",
            "will be returning",
            "i am currently away",
            "automatic reply",
            "ich bin bis",
            "nicht im buro",
            "nicht im haus",
            "bin im urlaub",
            "je suis absent",
            "absent du bureau",
            "estare fuera",
            "fuera de la oficina",
            "click the link below to confirm",
            "verify that you are a real person",
            "to deliver your message, please",
            "approve this message",
            "challenge/response",
            "to verify your e",
            "sender verification");

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
        return new Reading(MimeParts.of(message), envelopeRecipient).read();
    }

    /** The addresses that a mail from a mailbox, where the envelope is lost, says it was written to; at most 50. */
    public List<String> writtenTo(byte[] message) {
        Set<String> addresses = new LinkedHashSet<>();
        MimeParts.Part root = MimeParts.of(message).root();
        for (String name : RECIPIENT_FIELDS) {
            root.fields(name).forEach(field -> addAddresses(addresses, field, RECIPIENTS_AT_MOST));
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

    private static final List<String> RECIPIENT_FIELDS =
            List.of("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to");

    /** Reads a report's parts; one for each mail. */
    private final class Reading {
        private final MimeParts parts;
        private final MimeParts.Part root;
        private final Optional<Verp.Found> token;
        private final Optional<MimeParts.Part> original;
        private final String notice;
        private final String subject;

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
            this.subject = Words.fold(root.readable("subject"));
            String whole = humanText();
            Matcher copy = ORIGINAL.matcher(whole);
            this.notice = copy.find() && copy.start() > 20 ? whole.substring(0, copy.start()) : whole;
            this.token = findToken(envelopeRecipient, whole);
        }

        List<ReturnedMail> read() {
            Optional<List<ReturnedMail>> complaint = complaint();
            if (complaint.isPresent()) {
                return complaint.get();
            }
            List<ReturnedMail> delivery = deliveryReport();
            if (!delivery.isEmpty()) {
                return delivery;
            }
            if (isReadReceipt() || (!looksLikeBounce() && isAutomatic())) {
                return List.of(new ReturnedMail.AutoReply(
                        report(Optional.empty(), Optional.empty(), Reason.UNKNOWN, subjectLine())));
            }
            if (!looksLikeBounce()) {
                return List.of(new ReturnedMail.NotUnderstood(
                        report(Optional.empty(), Optional.empty(), Reason.UNKNOWN, subjectLine())));
            }
            return textBounce();
        }

        // Complaints

        private Optional<List<ReturnedMail>> complaint() {
            Optional<MimeParts.Part> feedback = parts.first("message/feedback-report");
            if (feedback.isPresent()) {
                Map<String, String> fields = fieldsOf(feedback.get().text()).get(0);
                ReturnedMail.ComplaintKind kind = kindOf(fields.getOrDefault("feedback-type", "abuse"));
                Optional<String> recipient = Optional.ofNullable(fields.get("original-rcpt-to"))
                        .or(() -> Optional.ofNullable(fields.get("removal-recipient")))
                        .or(() -> original.flatMap(o -> o.field("to")))
                        .flatMap(ReturnedMailReader::addressIn);
                return Optional.of(List.of(new ReturnedMail.Complaint(
                        report(
                                recipient,
                                Optional.empty(),
                                Reason.UNKNOWN,
                                kind + " " + fields.getOrDefault("user-agent", "")),
                        kind)));
            }
            boolean reportType = root.parameter("report-type")
                    .filter("feedback-report"::equalsIgnoreCase)
                    .isPresent();
            Optional<String> marked = original.flatMap(o -> o.field("x-hmxmroriginalrecipient"))
                    .or(() -> root.field("x-hmxmroriginalrecipient"));
            String from = Words.fold(root.field("from").orElse(""));
            boolean feedbackLoop = subject.startsWith("complaint about message from")
                    || subject.startsWith("email feedback report for ip")
                    || (subject.startsWith("[spamcop (") && from.contains("spamcop"))
                    || root.field("x-loop").filter("scomp"::equalsIgnoreCase).isPresent()
                    || (from.contains("staff@hotmail.com") && original.isPresent());
            if (marked.isPresent() || reportType || feedbackLoop) {
                Optional<String> recipient = marked.or(() -> original.flatMap(o -> o.field("x-rcpt-to")))
                        .or(() -> original.flatMap(o -> o.field("to")))
                        .flatMap(ReturnedMailReader::addressIn);
                return Optional.of(List.of(new ReturnedMail.Complaint(
                        report(recipient, Optional.empty(), Reason.UNKNOWN, subjectLine()),
                        ReturnedMail.ComplaintKind.ABUSE)));
            }
            return Optional.empty();
        }

        private static ReturnedMail.ComplaintKind kindOf(String type) {
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

        // Delivery reports

        private List<ReturnedMail> deliveryReport() {
            List<ReturnedMail> results = new ArrayList<>();
            for (MimeParts.Part part : parts.leaves()) {
                boolean named = part.type().equals("message/delivery-status")
                        || part.type().equals("message/global-delivery-status");
                boolean alike = part != root
                        && part.type().equals("text/plain")
                        && part.text().stripLeading().startsWith("Reporting-MTA:");
                if (!named && !alike) {
                    continue;
                }
                for (Map<String, String> fields : fieldsOf(part.text())) {
                    if (results.size() < RECIPIENTS_AT_MOST
                            && (fields.containsKey("final-recipient")
                                    || fields.containsKey("original-recipient")
                                    || fields.containsKey("action")
                                    || fields.containsKey("status"))) {
                        results.add(delivery(fields));
                    }
                }
            }
            return results;
        }

        private ReturnedMail delivery(Map<String, String> fields) {
            // The original recipient is whom we wrote to; the final one may be where it was forwarded.
            Optional<String> recipient = Optional.ofNullable(fields.get("original-recipient"))
                    .flatMap(ReturnedMailReader::addressIn)
                    .or(() -> Optional.ofNullable(fields.get("final-recipient")).flatMap(ReturnedMailReader::addressIn))
                    .or(() -> failedRecipients().stream().findFirst());
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
            Verdict verdict = ReplyClassifier.classifyReport(status, said);
            String words = said;
            if (verdict.reason() == Reason.UNKNOWN
                    || (said.isBlank()
                            && status.filter(EnhancedStatus::isSpecific).isEmpty())) {
                String snippet = snippet(recipient);
                Verdict fuller = ReplyClassifier.classifyReport(status, said + "\n" + snippet);
                if (fuller.reason() != Reason.UNKNOWN) {
                    verdict = fuller;
                    words = said.isBlank() ? snippet : said;
                }
            }
            return bounce(verdict, recipient, words.isBlank() ? notice : words);
        }

        // Bounces in plain text

        private List<ReturnedMail> textBounce() {
            if (isDelayNotice()) {
                return List.of(new ReturnedMail.Delayed(report(
                        failedRecipients().stream().findFirst(),
                        EnhancedStatus.firstIn(notice),
                        Reason.UNKNOWN,
                        subjectLine())));
            }
            List<ReturnedMail> results = new ArrayList<>();
            for (String recipient : failedRecipients()) {
                results.add(textBounceOf(Optional.of(recipient)));
            }
            return results.isEmpty() ? List.of(textBounceOf(Optional.empty())) : results;
        }

        private ReturnedMail textBounceOf(Optional<String> recipient) {
            String snippet = snippet(recipient);
            Verdict verdict = ReplyClassifier.classifyReport(Optional.empty(), snippet);
            String words = snippet;
            if (verdict.reason() == Reason.UNKNOWN) {
                verdict = ReplyClassifier.classifyReport(Optional.empty(), subject + "\n" + notice);
                words = notice;
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

        /** What the notice says from the recipient's name on; the whole of it if it does not name one. */
        private String snippet(Optional<String> recipient) {
            int at = recipient
                    .map(r -> notice.toLowerCase(Locale.ROOT).lastIndexOf(r.toLowerCase(Locale.ROOT)))
                    .orElse(-1);
            if (at >= 0) {
                // Servers name it several times ("after RCPT TO:<…>"); the reason begins behind the first naming in
                // that paragraph.
                int first = notice.toLowerCase(Locale.ROOT)
                        .indexOf(
                                recipient.orElseThrow().toLowerCase(Locale.ROOT),
                                Math.max(0, at - SNIPPET_CHARS_AT_MOST / 2));
                at = first >= 0 ? first : at;
            }
            String from = at >= 0 ? notice.substring(at) : notice;
            if (at >= 0) {
                // What is said of the next recipient is not said of this one.
                Matcher next = LISTED.matcher(from);
                int begin = Math.min(from.length(), recipient.orElseThrow().length());
                while (next.find(begin)) {
                    if (!next.group(1).equalsIgnoreCase(recipient.orElseThrow())) {
                        from = from.substring(0, next.start());
                        break;
                    }
                    begin = next.end();
                }
            }
            return from.length() > SNIPPET_CHARS_AT_MOST ? from.substring(0, SNIPPET_CHARS_AT_MOST) : from;
        }

        private Set<String> failedRecipients() {
            Set<String> recipients = new LinkedHashSet<>();
            for (String field : root.fields("x-failed-recipients")) {
                addAddresses(recipients, field, RECIPIENTS_AT_MOST);
            }
            if (recipients.isEmpty()) {
                root.field("final-recipient").ifPresent(field -> addAddresses(recipients, field, 1));
            }
            if (recipients.isEmpty()) {
                Set<String> ours = new LinkedHashSet<>();
                for (String name : List.of("to", "from", "cc", "sender", "reply-to")) {
                    root.field(name).ifPresent(field -> addAddresses(ours, field.toLowerCase(Locale.ROOT), 5));
                }
                Matcher listed = LISTED.matcher(notice);
                while (listed.find() && recipients.size() < RECIPIENTS_AT_MOST) {
                    String lower = listed.group(1).toLowerCase(Locale.ROOT);
                    if (!ours.contains(lower) && !BOUNCE_SENDERS.contains(localPart(lower))) {
                        recipients.add(listed.group(1));
                    }
                }
                Matcher matcher = ADDRESS.matcher(notice);
                while (matcher.find() && recipients.isEmpty()) {
                    String address = matcher.group();
                    String lower = address.toLowerCase(Locale.ROOT);
                    if (!ours.contains(lower) && !BOUNCE_SENDERS.contains(localPart(lower))) {
                        recipients.add(address);
                    }
                }
            }
            return recipients;
        }

        // What sort of mail it is

        private boolean looksLikeBounce() {
            String from = Words.fold(
                    root.field("from").orElse(root.field("return-path").orElse("")));
            String local = addressIn(from)
                    .map(ReturnedMailReader::localPart)
                    .orElse(from.contains("mailer-daemon") ? "mailer-daemon" : "");
            boolean sender = BOUNCE_SENDERS.contains(local)
                    || from.contains("mailer-daemon")
                    || local.startsWith("microsoftexchange");
            boolean marked = root.field("x-failed-recipients").isPresent()
                    || root.parameter("report-type")
                            .filter("delivery-status"::equalsIgnoreCase)
                            .isPresent();
            boolean named = BOUNCE_SUBJECTS.stream().anyMatch(subject::contains);
            boolean told = Words.of(head(notice, 4_000)).say(BOUNCE_TEXTS);
            boolean automatic = AUTO_SUBJECTS.stream().anyMatch(subject::contains) && !named;
            if (automatic && !marked) {
                return false;
            }
            boolean nullSender = root.field("return-path")
                    .map(String::strip)
                    .filter("<>"::equals)
                    .isPresent();
            return marked
                    || (sender && (named || told || nullSender))
                    || (named && (told || nullSender))
                    || (nullSender && told);
        }

        private boolean isAutomatic() {
            boolean marked = root.field("auto-submitted")
                            .filter(v -> !v.strip().toLowerCase(Locale.ROOT).startsWith("no"))
                            .isPresent()
                    || root.field("x-autoreply").isPresent()
                    || root.field("x-autorespond").isPresent()
                    || root.field("x-autoresponder").isPresent()
                    || root.field("x-autogenerated").isPresent()
                    || root.field("x-auto-reply-from").isPresent()
                    || root.field("x-mail-autoreply").isPresent()
                    || root.field("x-ms-exchange-inbox-rules-loop").isPresent()
                    || root.field("x-ms-exchange-generated-message-source")
                            .filter(v -> v.toLowerCase(Locale.ROOT).contains("oof"))
                            .isPresent()
                    || root.field("precedence")
                            .filter(v -> v.toLowerCase(Locale.ROOT).contains("auto"))
                            .isPresent();
            return marked
                    || AUTO_SUBJECTS.stream().anyMatch(subject::contains)
                    || Words.of(head(notice, 4_000)).say(AUTO_TEXTS);
        }

        private boolean isReadReceipt() {
            return root.parameter("report-type")
                            .filter("disposition-notification"::equalsIgnoreCase)
                            .isPresent()
                    || parts.first("message/disposition-notification").isPresent();
        }

        private boolean isDelayNotice() {
            Words words = Words.of(subject + "\n" + head(notice, 4_000));
            return words.say(Phrases.DELAY)
                    && !words.say(List.of("failed permanently", "this is a permanent error", "permanent fatal"));
        }

        // Text

        private String humanText() {
            for (String type : List.of("text/plain", "text/html")) {
                StringBuilder all = new StringBuilder();
                for (MimeParts.Part part : parts.leaves()) {
                    if (part.type().equals(type) && all.length() < NOTICE_CHARS_AT_MOST) {
                        String text = part.text();
                        all.append(head(
                                        type.equals("text/html") ? withoutTags(head(text, 60_000)) : text,
                                        NOTICE_CHARS_AT_MOST))
                                .append('\n');
                    }
                }
                if (!all.toString().isBlank()) {
                    return all.toString();
                }
            }
            return parts.leaves().stream()
                    .findFirst()
                    .filter(p -> p.type().startsWith("text/"))
                    .map(p -> head(p.text(), NOTICE_CHARS_AT_MOST))
                    .orElse("");
        }

        private Optional<Verp.Found> findToken(@Nullable String envelopeRecipient, String whole) {
            List<String> places = new ArrayList<>();
            if (envelopeRecipient != null) {
                places.add(envelopeRecipient);
            }
            for (String name : RECIPIENT_FIELDS) {
                places.addAll(root.fields(name));
            }
            original.ifPresent(o -> {
                places.addAll(o.fields("return-path"));
                places.addAll(o.fields("x-hmxmroriginalrecipient"));
            });
            parts.first("message/feedback-report").ifPresent(f -> places.add(head(f.text(), 8_000)));
            places.add(whole);
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
                        Matcher matcher = MESSAGE_ID.matcher(head(humanText(), 30_000));
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

        private String subjectLine() {
            return root.readable("subject");
        }
    }

    /** The blocks of fields of a report, separated by empty lines (RFC 3464 section 2.1); at least one, names in lower case. */
    static List<Map<String, String>> fieldsOf(String text) {
        List<Map<String, String>> blocks = new ArrayList<>();
        Map<String, String> block = new TreeMap<>();
        String last = null;
        for (String line : text.lines().limit(5_000).toList()) {
            if (line.isBlank()) {
                if (!block.isEmpty() && blocks.size() < RECIPIENTS_AT_MOST + 1) {
                    blocks.add(block);
                    block = new TreeMap<>();
                }
                last = null;
                continue;
            }
            int colon = line.indexOf(':');
            if ((line.startsWith(" ") || line.startsWith("\t")) && last != null) {
                String name = last;
                block.computeIfPresent(name, (n, value) -> value.length() < 4_000 ? value + " " + line.strip() : value);
            } else if (colon > 0
                    && colon < 60
                    && line.substring(0, colon).strip().indexOf(' ') < 0) {
                last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                // A recipient's block without an empty line in front begins with the next Final-Recipient.
                if (last.equals("final-recipient")
                        && block.containsKey("final-recipient")
                        && blocks.size() < RECIPIENTS_AT_MOST) {
                    blocks.add(block);
                    block = new TreeMap<>();
                }
                block.putIfAbsent(last, head(line.substring(colon + 1).strip(), 4_000));
            } else if (last != null) {
                // Folded without white space, as some write it.
                String name = last;
                block.computeIfPresent(name, (n, value) -> value.length() < 4_000 ? value + " " + line.strip() : value);
            }
        }
        if (!block.isEmpty() || blocks.isEmpty()) {
            blocks.add(block);
        }
        return blocks;
    }

    static Optional<String> addressIn(String field) {
        Matcher matcher = ADDRESS.matcher(head(field, 2_000));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static void addAddresses(Set<String> target, String field, int atMost) {
        Matcher matcher = ADDRESS.matcher(field);
        while (matcher.find() && target.size() < atMost) {
            target.add(matcher.group());
        }
    }

    private static String localPart(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : address.substring(0, at);
    }

    private static String head(String text, int chars) {
        return text.length() > chars ? text.substring(0, chars) : text;
    }

    /** Text of an HTML notice, in one pass: tags become spaces, block ends new lines. */
    private static String withoutTags(String html) {
        StringBuilder text = new StringBuilder(html.length());
        boolean tag = false;
        for (int i = 0; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<') {
                tag = true;
                text.append(
                        html.startsWith("br", i + 1) || html.startsWith("/p", i + 1) || html.startsWith("/div", i + 1)
                                ? '\n'
                                : ' ');
            } else if (c == '>') {
                tag = false;
            } else if (!tag) {
                text.append(c);
            }
        }
        return text.toString()
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
