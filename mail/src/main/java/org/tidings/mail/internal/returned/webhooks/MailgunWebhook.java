package org.tidings.mail.internal.returned.webhooks;

import static org.tidings.mail.internal.returned.reading.WebhookJson.object;
import static org.tidings.mail.internal.returned.reading.WebhookJson.part;
import static org.tidings.mail.internal.returned.reading.WebhookJson.text;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.WebhookJson;
import org.tidings.mail.internal.returned.reading.WebhookReports;
import org.tidings.mail.internal.returned.reading.WebhookReports.Finding;

/** Mailgun's webhooks, in the form of its event API (not the legacy form, which ended in 2023). */
public final class MailgunWebhook {
    /** Repeated for eight hours with the timestamp of the event. */
    private static final Duration AGE_AT_MOST = Duration.ofHours(12);

    private MailgunWebhook() {}

    /** Checks the HMAC of the body's signature object with the "HTTP webhook signing key". */
    public static boolean isGenuine(byte[] body, String signingKey, Instant now) {
        Map<String, String> signature = signature(body);
        String timestamp = signature.getOrDefault("timestamp", "");
        return !signingKey.isBlank()
                && WebhookSignatures.isRecent(timestamp, now, AGE_AT_MOST)
                && WebhookSignatures.same(
                        WebhookSignatures.hmac(signingKey, timestamp + signature.getOrDefault("token", "")),
                        signature.getOrDefault("signature", "").toLowerCase(Locale.ROOT));
    }

    /** The signature covers these alone, not the event: whoever saw one could put any event under it. Mailgun gives each out once. */
    public static byte[] once(byte[] body) {
        Map<String, String> signature = signature(body);
        return WebhookSignatures.once(
                signature.getOrDefault("timestamp", "") + signature.getOrDefault("token", ""), body);
    }

    /** Nothing else of the body is kept before it is known to be genuine. */
    private static Map<String, String> signature(byte[] body) {
        return WebhookJson.texts(body, "signature", Set.of("timestamp", "token", "signature"));
    }

    /** Exactly one; an unsubscription is an opt-out. */
    public static List<ReturnedMail> read(byte[] body) {
        return WebhookReports.reading(
                body,
                () -> readEvent(object(body).map(o -> part(o, "event-data")).orElse(JsonValue.EMPTY_JSON_OBJECT)));
    }

    private static List<ReturnedMail> readEvent(JsonObject event) {
        String recipient = text(event, "recipient");
        String name = text(event, "event");
        Optional<String> messageId = messageId(event);
        return switch (name) {
            case "failed" -> List.of(failed(event, recipient, messageId));
            case "rejected" -> {
                JsonObject reject = part(event, "reject");
                String words = text(reject, "reason") + " " + text(reject, "description");
                yield List.of(WebhookReports.failed(recipient, words.strip(), messageId, Finding.REFUSED));
            }
            case "complained" ->
                List.of(WebhookReports.complaint(recipient, name, messageId, ReturnedMail.ComplaintKind.ABUSE));
            case "unsubscribed" ->
                List.of(WebhookReports.complaint(recipient, name, messageId, ReturnedMail.ComplaintKind.OPT_OUT));
            // Opens and clicks are nobody's business.
            case "delivered", "accepted", "stored", "opened", "clicked" ->
                List.of(new ReturnedMail.Info(WebhookReports.report(recipient, "", messageId)));
            default -> List.of();
        };
    }

    private static ReturnedMail failed(JsonObject event, String recipient, Optional<String> messageId) {
        JsonObject status = part(event, "delivery-status");
        String words = (text(status, "code") + " " + text(status, "enhanced-code") + " " + text(status, "message") + " "
                        + text(status, "description"))
                .strip();
        String reason = text(event, "reason");
        if (reason.startsWith("suppress-")) {
            // Not sent because of what Mailgun remembers; the first report said why.
            return new ReturnedMail.Info(WebhookReports.report(recipient, words, messageId));
        }
        if (!"permanent".equals(text(event, "severity"))) {
            return new ReturnedMail.Delayed(WebhookReports.report(recipient, words, messageId));
        }
        return WebhookReports.failed(
                recipient, words, messageId, reason.equals("espblock") ? Finding.REFUSED : Finding.NONE);
    }

    /** Written without its angle brackets. */
    private static Optional<String> messageId(JsonObject event) {
        String id = text(part(part(event, "message"), "headers"), "message-id");
        return Optional.of(id.isEmpty() || id.startsWith("<") ? id : "<" + id + ">");
    }
}
