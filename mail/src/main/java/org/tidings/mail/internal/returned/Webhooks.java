package org.tidings.mail.internal.returned;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reports that mail providers post. Each has a check of its origin, made when the request comes, and a reader, used when the kept body
 * is handled. Header names are in lower case; bodies are bounded by {@value #BODY_BYTES_AT_MOST} bytes. Readers never throw: what
 * they cannot read is {@link ReturnedMail.NotUnderstood}.
 */
public final class Webhooks {
    /** Larger requests are to be refused before they come here. */
    public static final int BODY_BYTES_AT_MOST = 2 * 1024 * 1024;

    private static final Duration SKEW_AT_MOST = Duration.ofMinutes(5);
    /** Mailgun repeats for eight hours with the timestamp of the event, SendGrid for a day. A replay is known by its bytes. */
    private static final Duration MAILGUN_AGE_AT_MOST = Duration.ofHours(12);

    private static final Duration SENDGRID_AGE_AT_MOST = Duration.ofHours(25);

    private static final int EVENTS_AT_MOST = 2_000;
    private static final Pattern SNS_HOST = Pattern.compile("sns\\.[a-z0-9-]{3,30}\\.amazonaws\\.com(?:\\.cn)?");

    private Webhooks() {}

    // Amazon SES by SNS

    /** What an SNS request wants. */
    public enum SnsType {
        NOTIFICATION,
        /** The operator's subscription waits for a GET of {@link #snsSubscribeUrl}. */
        CONFIRMATION,
        OTHER
    }

    /**
     * Checks an SNS message's signature, versions 1 and 2.
     *
     * @param topics the ARNs that are expected; a message of another topic is refused
     * @param certificates gives the public key of the certificate at an address, after checking its chain; only addresses of SNS
     *     itself are asked for
     */
    public static boolean isGenuineSns(
            byte[] body, List<String> topics, Function<URI, Optional<PublicKey>> certificates) {
        Optional<JsonObject> parsed = object(body);
        if (parsed.isEmpty() || !topics.contains(text(parsed.get(), "TopicArn"))) {
            return false;
        }
        JsonObject message = parsed.get();
        List<String> names = "Notification".equals(text(message, "Type"))
                ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                : List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        StringBuilder signed = new StringBuilder();
        for (String name : names) {
            if (message.containsKey(name) && !message.isNull(name)) {
                signed.append(name).append('\n').append(text(message, name)).append('\n');
            }
        }
        Optional<URI> certificate = snsAddress(text(message, "SigningCertURL"));
        if (certificate.isEmpty() || !certificate.get().getPath().endsWith(".pem")) {
            return false;
        }
        String algorithm = "2".equals(text(message, "SignatureVersion")) ? "SHA256withRSA" : "SHA1withRSA";
        return certificates
                .apply(certificate.get())
                .filter(key -> verifies(
                        algorithm, key, signed.toString().getBytes(StandardCharsets.UTF_8), text(message, "Signature")))
                .isPresent();
    }

    /** What its signature covers and no other message has; the body's blanks and further fields are anybody's. */
    public static byte[] onceOfSns(byte[] body) {
        return once(object(body).map(o -> text(o, "MessageId")).orElse(""), body);
    }

    /** To be asked after {@link #isGenuineSns}. */
    public static SnsType snsType(byte[] body) {
        return switch (object(body).map(o -> text(o, "Type")).orElse("")) {
            case "Notification" -> SnsType.NOTIFICATION;
            case "SubscriptionConfirmation" -> SnsType.CONFIRMATION;
            default -> SnsType.OTHER;
        };
    }

    /** Where to confirm a subscription; only at SNS itself. */
    public static Optional<URI> snsSubscribeUrl(byte[] body) {
        return object(body).flatMap(o -> snsAddress(text(o, "SubscribeURL")));
    }

    private static Optional<URI> snsAddress(String address) {
        try {
            URI uri = URI.create(address);
            boolean own = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && SNS_HOST.matcher(uri.getHost()).matches()
                    && uri.getUserInfo() == null
                    && (uri.getPort() == -1 || uri.getPort() == 443);
            return own ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Bounces, complaints and delays in an SNS message from SES: notifications and published events. */
    public static List<ReturnedMail> readSes(byte[] body) {
        return reading(body, () -> {
            JsonObject outer = object(body).orElse(JsonValue.EMPTY_JSON_OBJECT);
            JsonObject event = outer.containsKey("Message")
                    ? object(text(outer, "Message").getBytes(StandardCharsets.UTF_8))
                            .orElse(JsonValue.EMPTY_JSON_OBJECT)
                    : outer;
            String type = text(event, "notificationType") + text(event, "eventType");
            Optional<String> messageId =
                    header(event.containsKey("mail") ? part(event, "mail") : JsonValue.EMPTY_JSON_OBJECT);
            List<ReturnedMail> mails = new ArrayList<>();
            JsonObject bounce = part(event, "bounce");
            for (JsonObject recipient : objects(bounce, "bouncedRecipients")) {
                String words = (text(recipient, "status") + " " + text(recipient, "diagnosticCode")).strip();
                mails.add(failed(
                        text(recipient, "emailAddress"),
                        words,
                        messageId,
                        "Permanent".equals(text(bounce, "bounceType"))));
            }
            JsonObject complaint = part(event, "complaint");
            ReturnedMail.ComplaintKind kind = "not-spam".equals(text(complaint, "complaintFeedbackType"))
                    ? ReturnedMail.ComplaintKind.NOT_SPAM
                    : ReturnedMail.ComplaintKind.ABUSE;
            for (JsonObject recipient : objects(complaint, "complainedRecipients")) {
                mails.add(new ReturnedMail.Complaint(report(text(recipient, "emailAddress"), type, messageId), kind));
            }
            for (JsonObject recipient : objects(part(event, "deliveryDelay"), "delayedRecipients")) {
                mails.add(new ReturnedMail.Delayed(
                        report(text(recipient, "emailAddress"), text(recipient, "diagnosticCode"), messageId)));
            }
            if (mails.isEmpty() && type.startsWith("Delivery")) {
                mails.add(new ReturnedMail.Info(report("", type, messageId)));
            }
            return mails;
        });
    }

    /** The same as a topic sends it to a mailbox that is subscribed: one object, then a footer. */
    static List<ReturnedMail> readSesMail(String text) {
        int footer = text.indexOf("\n--");
        // Long lines are cut on the way, by Sendmail with a "!"; between two members a line end means nothing.
        String object = (footer < 0 ? text : text.substring(0, footer)).replaceAll("(?:!\\r?\\n )|\\r?\\n", "");
        return readSes(object.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> header(JsonObject mail) {
        return objects(mail, "headers").stream()
                .filter(h -> "message-id".equalsIgnoreCase(text(h, "name")))
                .map(h -> text(h, "value"))
                .findFirst();
    }

    // SendGrid

    /** Checks the signed event webhook: ECDSA over timestamp and body; the public key in base64, as SendGrid shows it. */
    public static boolean isGenuineSendGrid(Map<String, String> headers, byte[] body, String publicKey, Instant now) {
        String timestamp = headers.getOrDefault("x-twilio-email-event-webhook-timestamp", "");
        if (!isRecent(timestamp, now, SENDGRID_AGE_AT_MOST)) {
            return false;
        }
        byte[] prefix = timestamp.getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, signed, 0, prefix.length);
        System.arraycopy(body, 0, signed, prefix.length, body.length);
        try {
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey.strip())));
            return verifies(
                    "SHA256withECDSA", key, signed, headers.getOrDefault("x-twilio-email-event-webhook-signature", ""));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return false;
        }
    }

    /** Bounces, drops, complaints and delays of an event webhook. */
    public static List<ReturnedMail> readSendGrid(byte[] body) {
        return reading(body, () -> {
            List<ReturnedMail> mails = new ArrayList<>();
            for (JsonObject event : events(body)) {
                String recipient = text(event, "email");
                String words =
                        (text(event, "status") + " " + text(event, "reason") + " " + text(event, "response")).strip();
                Optional<String> messageId = Optional.of(text(event, "smtp-id"));
                switch (text(event, "event")) {
                    case "bounce" ->
                        mails.add(
                                "blocked".equals(text(event, "type"))
                                        ? blocked(recipient, words, messageId)
                                        : failed(recipient, words, messageId, false));
                    // Not sent by SendGrid because of what it remembers; the first report said why.
                    case "dropped" -> mails.add(new ReturnedMail.Info(report(recipient, words, messageId)));
                    case "spamreport" ->
                        mails.add(new ReturnedMail.Complaint(
                                report(recipient, "spamreport", messageId), ReturnedMail.ComplaintKind.ABUSE));
                    case "deferred" -> mails.add(new ReturnedMail.Delayed(report(recipient, words, messageId)));
                    case "delivered", "processed" -> mails.add(new ReturnedMail.Info(report(recipient, "", messageId)));
                    default -> {
                        // Opens and clicks are nobody's business.
                    }
                }
            }
            return mails;
        });
    }

    // Postmark

    /** Postmark signs nothing; it sends the user and password that stand in the webhook's address. */
    public static boolean isGenuinePostmark(Map<String, String> headers, String userAndPassword) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        return !userAndPassword.isBlank() && same(expected, headers.getOrDefault("authorization", ""));
    }

    /** Bounce and spam complaint webhooks. */
    public static List<ReturnedMail> readPostmark(byte[] body) {
        return reading(body, () -> {
            JsonObject event = object(body).orElse(JsonValue.EMPTY_JSON_OBJECT);
            String recipient = text(event, "Email");
            String words = (text(event, "Details") + " " + text(event, "Description")).strip();
            Optional<String> messageId = Optional.empty();
            return switch (text(event, "Type")) {
                case "HardBounce" -> List.of(failed(recipient, words, messageId, true));
                case "SpamComplaint" ->
                    List.of(new ReturnedMail.Complaint(
                            report(recipient, words, messageId), ReturnedMail.ComplaintKind.ABUSE));
                case "SpamNotification", "Blocked", "DMARCPolicy", "SMTPApiError" ->
                    List.of(blocked(recipient, words, messageId));
                case "AutoResponder", "ChallengeVerification", "VirusNotification" ->
                    List.of(new ReturnedMail.AutoReply(report(recipient, words, messageId)));
                case "Transient" -> List.of(new ReturnedMail.Delayed(report(recipient, words, messageId)));
                case "" -> List.of();
                default -> List.of(soft(recipient, words, messageId));
            };
        });
    }

    // Mailgun

    /** Checks the HMAC of the body's signature object with the "HTTP webhook signing key". */
    public static boolean isGenuineMailgun(byte[] body, String signingKey, Instant now) {
        JsonObject signature = object(body).map(o -> part(o, "signature")).orElse(JsonValue.EMPTY_JSON_OBJECT);
        String timestamp = text(signature, "timestamp");
        return !signingKey.isBlank()
                && isRecent(timestamp, now, MAILGUN_AGE_AT_MOST)
                && same(
                        hmac(signingKey, timestamp + text(signature, "token")),
                        text(signature, "signature").toLowerCase(Locale.ROOT));
    }

    /** The signature covers these alone, not the event: whoever saw one could put any event under it. Mailgun gives each out once. */
    public static byte[] onceOfMailgun(byte[] body) {
        JsonObject signature = object(body).map(o -> part(o, "signature")).orElse(JsonValue.EMPTY_JSON_OBJECT);
        return once(text(signature, "timestamp") + text(signature, "token"), body);
    }

    /** Failures and complaints of an event webhook. */
    public static List<ReturnedMail> readMailgun(byte[] body) {
        return reading(body, () -> {
            JsonObject event = object(body).map(o -> part(o, "event-data")).orElse(JsonValue.EMPTY_JSON_OBJECT);
            JsonObject status = part(event, "delivery-status");
            String recipient = text(event, "recipient");
            String words = (text(status, "code") + " " + text(status, "enhanced-code") + " " + text(status, "message")
                            + " " + text(status, "description"))
                    .strip();
            String id = text(part(part(event, "message"), "headers"), "message-id");
            Optional<String> messageId =
                    id.isEmpty() || id.startsWith("<") ? Optional.of(id) : Optional.of("<" + id + ">");
            boolean permanent = "permanent".equals(text(event, "severity"));
            return switch (text(event, "event")) {
                case "failed" ->
                    List.of(
                            permanent
                                    ? failed(recipient, words, messageId, false)
                                    : new ReturnedMail.Delayed(report(recipient, words, messageId)));
                case "complained" ->
                    List.of(new ReturnedMail.Complaint(
                            report(recipient, "complained", messageId), ReturnedMail.ComplaintKind.ABUSE));
                case "delivered", "accepted" -> List.of(new ReturnedMail.Info(report(recipient, "", messageId)));
                default -> List.of();
            };
        });
    }

    // Any other

    /**
     * Checks {@code Tidings-Signature: t=<unix seconds>,v1=<hex>}: HMAC-SHA-256 with the shared secret over the time, a dot and the
     * body. Not older than five minutes.
     */
    public static boolean isGenuineGeneric(Map<String, String> headers, byte[] body, String secret, Instant now) {
        String timestamp = generic(headers, "t=");
        String signature = generic(headers, "v1=");
        return !secret.isBlank()
                && isRecent(timestamp, now, SKEW_AT_MOST)
                && same(hmac(secret, onceOfGeneric(headers, body)), signature);
    }

    /** What is signed: the same words of another time are another report. */
    public static byte[] onceOfGeneric(Map<String, String> headers, byte[] body) {
        byte[] prefix = (generic(headers, "t=") + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, signed, 0, prefix.length);
        System.arraycopy(body, 0, signed, prefix.length, body.length);
        return signed;
    }

    private static String generic(Map<String, String> headers, String name) {
        String value = "";
        for (String pair : headers.getOrDefault("tidings-signature", "").split(",", 4)) {
            String trimmed = pair.strip();
            value = trimmed.startsWith(name) ? trimmed.substring(name.length()) : value;
        }
        return value;
    }

    /**
     * Reads an array of {@code {"type": "bounce|complaint|delay", "recipient": "…", "status": "5.1.1", "diagnostic": "…", "messageId":
     * "<…>"}}.
     */
    public static List<ReturnedMail> readGeneric(byte[] body) {
        return reading(body, () -> {
            List<ReturnedMail> mails = new ArrayList<>();
            for (JsonObject event : events(body)) {
                String recipient = text(event, "recipient");
                String words = (text(event, "status") + " " + text(event, "diagnostic")).strip();
                Optional<String> messageId = Optional.of(text(event, "messageId"));
                switch (text(event, "type")) {
                    case "bounce" -> mails.add(failed(recipient, words, messageId, false));
                    case "complaint" ->
                        mails.add(new ReturnedMail.Complaint(
                                report(recipient, words, messageId), ReturnedMail.ComplaintKind.ABUSE));
                    case "delay" -> mails.add(new ReturnedMail.Delayed(report(recipient, words, messageId)));
                    default -> mails.add(new ReturnedMail.NotUnderstood(report(recipient, words, messageId)));
                }
            }
            return mails;
        });
    }

    // What they share

    private static byte[] once(String signed, byte[] body) {
        return signed.isEmpty() ? body : signed.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param permanent the provider is sure that nobody is there; used where its words say nothing, and never against words that say it
     *     was our fault or a full mailbox
     */
    private static ReturnedMail failed(String recipient, String words, Optional<String> messageId, boolean permanent) {
        Verdict verdict = ReplyClassifier.classifyReport(EnhancedStatus.firstIn(words), words);
        ReturnedMail.Report report = report(recipient, words, messageId);
        return switch (verdict.kind()) {
            case HARD -> new ReturnedMail.HardBounce(report);
            case OURS -> new ReturnedMail.OurFault(report);
            case SOFT, DEFERRED ->
                permanent && verdict.reason() == Reason.UNKNOWN
                        ? new ReturnedMail.HardBounce(report)
                        : new ReturnedMail.SoftBounce(report);
        };
    }

    /** The provider says it was refused, not that nobody is there; words of a missing user count, though. */
    private static ReturnedMail blocked(String recipient, String words, Optional<String> messageId) {
        ReturnedMail mail = failed(recipient, words, messageId, false);
        return mail instanceof ReturnedMail.SoftBounce ? new ReturnedMail.OurFault(mail.report()) : mail;
    }

    private static ReturnedMail soft(String recipient, String words, Optional<String> messageId) {
        return new ReturnedMail.SoftBounce(report(recipient, words, messageId));
    }

    private static ReturnedMail.Report report(String recipient, String words, Optional<String> messageId) {
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
    private interface Reading {
        List<ReturnedMail> read();
    }

    private static List<ReturnedMail> reading(byte[] body, Reading reading) {
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

    private static Optional<JsonObject> object(byte[] body) {
        JsonValue value = parse(body);
        return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    private static List<JsonObject> events(byte[] body) {
        JsonValue value = parse(body);
        if (value instanceof JsonObject one) {
            return List.of(one);
        }
        return value instanceof JsonArray array ? objectsIn(array) : List.of();
    }

    private static JsonValue parse(byte[] body) {
        if (body.length > BODY_BYTES_AT_MOST) {
            return JsonValue.NULL;
        }
        try (JsonReader reader = Json.createReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
            return reader.readValue();
        } catch (RuntimeException malformed) {
            // Parsson says with a bare RuntimeException that something is nested too deeply.
            return JsonValue.NULL;
        }
    }

    private static JsonObject part(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject part ? part : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static List<JsonObject> objects(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array ? objectsIn(array) : List.of();
    }

    private static List<JsonObject> objectsIn(JsonArray array) {
        return array.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .limit(EVENTS_AT_MOST)
                .toList();
    }

    private static String text(JsonObject object, String name) {
        JsonValue value = object.get(name);
        if (value instanceof JsonString string) {
            return string.getString();
        }
        return value == null || value == JsonValue.NULL || value instanceof JsonObject || value instanceof JsonArray
                ? ""
                : value.toString();
    }

    private static boolean isRecent(String unixSeconds, Instant now, Duration atMost) {
        if (!unixSeconds.matches("\\d{1,12}")) {
            return false;
        }
        return Duration.between(Instant.ofEpochSecond(Long.parseLong(unixSeconds)), now)
                        .abs()
                        .compareTo(atMost)
                <= 0;
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signed, String signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(Base64.getDecoder().decode(signature.strip()));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static String hmac(String key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
