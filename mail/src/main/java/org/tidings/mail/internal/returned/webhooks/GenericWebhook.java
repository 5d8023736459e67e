package org.tidings.mail.internal.returned.webhooks;

import static org.tidings.mail.internal.returned.reading.WebhookJson.text;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.WebhookJson;
import org.tidings.mail.internal.returned.reading.WebhookReports;

/** Reports of any other provider or script, in a form of our own. */
public final class GenericWebhook {
    private static final Duration SKEW_AT_MOST = Duration.ofMinutes(5);

    private GenericWebhook() {}

    /** Whether there are more events in a genuine body than are read of one: it is to be refused whole. */
    public static boolean hasTooManyEvents(byte[] body) {
        return WebhookJson.hasTooManyEvents(body);
    }

    /**
     * Checks {@code Tidings-Signature: t=<unix seconds>,v1=<hex>}: HMAC-SHA-256 with the shared secret over the time, a dot and the
     * body. Not older than five minutes.
     */
    public static boolean isGenuine(Map<String, String> headers, byte[] body, String secret, Instant now) {
        String timestamp = fieldOf(headers, "t=");
        String signature = fieldOf(headers, "v1=");
        return !secret.isBlank()
                && WebhookSignatures.isRecent(timestamp, now, SKEW_AT_MOST)
                && WebhookSignatures.same(WebhookSignatures.hmac(secret, once(headers, body)), signature);
    }

    /** What is signed: the same words of another time are another report. */
    public static byte[] once(Map<String, String> headers, byte[] body) {
        byte[] prefix = (fieldOf(headers, "t=") + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, signed, 0, prefix.length);
        System.arraycopy(body, 0, signed, prefix.length, body.length);
        return signed;
    }

    private static String fieldOf(Map<String, String> headers, String name) {
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
    public static List<ReturnedMail> read(byte[] body) {
        return WebhookReports.reading(body, () -> {
            List<ReturnedMail> mails = new ArrayList<>();
            for (JsonObject event : WebhookJson.events(body)) {
                String recipient = text(event, "recipient");
                String words = (text(event, "status") + " " + text(event, "diagnostic")).strip();
                Optional<String> messageId = Optional.of(text(event, "messageId"));
                switch (text(event, "type")) {
                    case "bounce" ->
                        mails.add(WebhookReports.failed(recipient, words, messageId, WebhookReports.Finding.NONE));
                    case "complaint" ->
                        mails.add(new ReturnedMail.Complaint(
                                WebhookReports.report(recipient, words, messageId), ReturnedMail.ComplaintKind.ABUSE));
                    case "delay" ->
                        mails.add(new ReturnedMail.Delayed(WebhookReports.report(recipient, words, messageId)));
                    default ->
                        mails.add(new ReturnedMail.NotUnderstood(WebhookReports.report(recipient, words, messageId)));
                }
            }
            return mails;
        });
    }
}
