package org.tidings.mail.internal.returned.webhooks;

import static org.tidings.mail.internal.returned.reading.WebhookJson.text;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.WebhookJson;
import org.tidings.mail.internal.returned.reading.WebhookReports;
import org.tidings.mail.internal.returned.reading.WebhookReports.Finding;

/** Postmark's webhooks for bounces, spam complaints, changed subscriptions and deliveries. */
public final class PostmarkWebhook {
    private PostmarkWebhook() {}

    /** Postmark signs nothing; it sends the user and password that stand in the webhook's address. */
    public static boolean isGenuine(Map<String, String> headers, String userAndPassword) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        return !userAndPassword.isBlank()
                && WebhookSignatures.same(expected, headers.getOrDefault("authorization", ""));
    }

    /** Exactly one; a person's unsubscription is an opt-out. */
    public static List<ReturnedMail> read(byte[] body) {
        return WebhookReports.reading(body, () -> {
            JsonObject event = WebhookJson.object(body).orElse(JsonValue.EMPTY_JSON_OBJECT);
            return switch (text(event, "RecordType")) {
                case "SubscriptionChange" -> List.of(changed(event));
                case "Delivery", "Open", "Click" ->
                    List.of(new ReturnedMail.Info(
                            WebhookReports.report(text(event, "Recipient"), "", Optional.empty())));
                default -> text(event, "Type").isEmpty() ? List.of() : List.of(bounce(event));
            };
        });
    }

    private static ReturnedMail bounce(JsonObject event) {
        String recipient = text(event, "Email");
        // The description explains the type in general and names a missing user beside other causes.
        String words = text(event, "Details");
        Optional<String> none = Optional.empty();
        return switch (text(event, "Type")) {
            case "HardBounce", "BadEmailAddress" -> WebhookReports.failed(recipient, words, none, Finding.GONE);
            case "SpamComplaint" -> WebhookReports.complaint(recipient, words, none, ReturnedMail.ComplaintKind.ABUSE);
            case "Unsubscribe" -> WebhookReports.complaint(recipient, words, none, ReturnedMail.ComplaintKind.OPT_OUT);
            case "SpamNotification",
                    "Blocked",
                    "DMARCPolicy",
                    "SMTPApiError",
                    "InboundError",
                    "TemplateRenderingFailed",
                    "VirusNotification" -> WebhookReports.failed(recipient, words, none, Finding.REFUSED);
            case "AutoResponder", "ChallengeVerification", "OpenRelayTest" ->
                new ReturnedMail.AutoReply(WebhookReports.report(recipient, words, none));
            case "Transient" -> new ReturnedMail.Delayed(WebhookReports.report(recipient, words, none));
            case "Subscribe", "ManuallyDeactivated", "Unconfirmed" ->
                new ReturnedMail.Info(WebhookReports.report(recipient, words, none));
            default -> WebhookReports.failed(recipient, words, none, Finding.PASSING);
        };
    }

    /** Postmark writes nobody any more, or does so again; the latter is ours to know better. */
    private static ReturnedMail changed(JsonObject event) {
        String recipient = text(event, "Recipient");
        String reason = text(event, "SuppressionReason");
        boolean stopped = "true".equals(text(event, "SuppressSending"));
        boolean byRecipient = "Recipient".equals(text(event, "Origin"));
        if (stopped && reason.equals("SpamComplaint")) {
            return WebhookReports.complaint(recipient, reason, Optional.empty(), ReturnedMail.ComplaintKind.ABUSE);
        }
        if (stopped && byRecipient && reason.equals("ManualSuppression")) {
            return WebhookReports.complaint(recipient, reason, Optional.empty(), ReturnedMail.ComplaintKind.OPT_OUT);
        }
        // Of a hard bounce the bounce webhook tells with the server's words.
        return new ReturnedMail.Info(WebhookReports.report(recipient, reason, Optional.empty()));
    }
}
