package org.tidings.mail.internal.returned.webhooks;

import static org.tidings.mail.internal.returned.reading.WebhookJson.text;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.WebhookJson;
import org.tidings.mail.internal.returned.reading.WebhookReports;
import org.tidings.mail.internal.returned.reading.WebhookReports.Finding;

/** SendGrid's signed event webhook: batches of events. */
public final class SendGridWebhook {
    /** Repeated for a day; a replay is known by its bytes. */
    private static final Duration AGE_AT_MOST = Duration.ofHours(25);

    private SendGridWebhook() {}

    /** Whether there are more events in a genuine body than are read of one: it is to be refused whole. */
    public static boolean hasTooManyEvents(byte[] body) {
        return WebhookJson.hasTooManyEvents(body);
    }

    /**
     * Checks the ECDSA signature over timestamp and body.
     *
     * @param headers names in lower case
     * @param publicKey in base64, as SendGrid shows it
     */
    public static boolean isGenuine(Map<String, String> headers, byte[] body, String publicKey, Instant now) {
        String timestamp = headers.getOrDefault("x-twilio-email-event-webhook-timestamp", "");
        if (!WebhookSignatures.isRecent(timestamp, now, AGE_AT_MOST)) {
            return false;
        }
        byte[] prefix = timestamp.getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, signed, 0, prefix.length);
        System.arraycopy(body, 0, signed, prefix.length, body.length);
        try {
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey.strip())));
            return WebhookSignatures.verifies(
                    "SHA256withECDSA", key, signed, headers.getOrDefault("x-twilio-email-event-webhook-signature", ""));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return false;
        }
    }

    /** One for each event that says something of a mail's fate; an unsubscription is an opt-out. */
    public static List<ReturnedMail> read(byte[] body) {
        return WebhookReports.reading(
                body,
                () -> WebhookJson.events(body).stream()
                        .flatMap(event -> readEvent(event).stream())
                        .toList());
    }

    private static Optional<ReturnedMail> readEvent(JsonObject event) {
        String recipient = text(event, "email");
        String name = text(event, "event");
        String words = (text(event, "status") + " " + text(event, "reason") + " " + text(event, "response")).strip();
        Optional<String> messageId = Optional.of(text(event, "smtp-id"));
        return switch (name) {
            case "bounce" -> Optional.of(WebhookReports.failed(recipient, words, messageId, finding(event)));
            case "dropped" -> Optional.of(dropped(event, recipient, words, messageId));
            case "spamreport" ->
                Optional.of(WebhookReports.complaint(recipient, name, messageId, ReturnedMail.ComplaintKind.ABUSE));
            case "unsubscribe", "group_unsubscribe" ->
                Optional.of(WebhookReports.complaint(recipient, name, messageId, ReturnedMail.ComplaintKind.OPT_OUT));
            case "deferred" ->
                Optional.of(new ReturnedMail.Delayed(WebhookReports.report(recipient, words, messageId)));
            case "delivered", "processed" ->
                Optional.of(new ReturnedMail.Info(WebhookReports.report(recipient, "", messageId)));
            // Opens and clicks are nobody's business.
            default -> Optional.empty();
        };
    }

    private static Finding finding(JsonObject event) {
        if ("blocked".equals(text(event, "type"))) {
            return Finding.REFUSED;
        }
        return switch (text(event, "bounce_classification")) {
            case "Invalid Address" -> Finding.GONE;
            case "Content", "Reputation", "Frequency or Volume Too High", "Frequency/Volume" -> Finding.REFUSED;
            default -> Finding.NONE;
        };
    }

    /** Not sent because of what SendGrid remembers of the address, of which the first report told, or because of us. */
    private static ReturnedMail dropped(JsonObject event, String recipient, String words, Optional<String> messageId) {
        ReturnedMail.Report report = WebhookReports.report(recipient, words, messageId);
        return switch (text(event, "reason")) {
            case "Spam Content (if Spam Checker app enabled)",
                    "Spam Content",
                    "Invalid SMTPAPI header",
                    "Recipient List over Package Quota" -> new ReturnedMail.OurFault(report);
            default -> new ReturnedMail.Info(report);
        };
    }
}
