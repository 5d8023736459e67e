package org.tidings.mail.internal.returned.reading;

import static org.tidings.mail.internal.returned.reading.WebhookJson.object;
import static org.tidings.mail.internal.returned.reading.WebhookJson.objects;
import static org.tidings.mail.internal.returned.reading.WebhookJson.part;
import static org.tidings.mail.internal.returned.reading.WebhookJson.text;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidings.mail.internal.returned.reading.WebhookReports.Finding;

/** Reads what Amazon SES tells: feedback notifications ("notificationType") and published events ("eventType"). */
public final class SesWebhook {
    private SesWebhook() {}

    /** @param body an SNS message, whose origin {@code SnsWebhook.isGenuine} checked, or what stands in one */
    public static List<ReturnedMail> read(byte[] body) {
        return WebhookReports.reading(body, () -> {
            JsonObject outer = object(body).orElse(JsonValue.EMPTY_JSON_OBJECT);
            JsonObject event = outer.containsKey("Message")
                    ? object(text(outer, "Message").getBytes(StandardCharsets.UTF_8))
                            .orElse(JsonValue.EMPTY_JSON_OBJECT)
                    : outer;
            return readEvent(event);
        });
    }

    /** The same as a topic sends it to a mailbox that is subscribed: one object, then a footer. */
    static List<ReturnedMail> readMail(String text) {
        int footer = text.indexOf("\n--");
        // Long lines are cut on the way, by Sendmail with a "!"; between two members a line end means nothing.
        String object = (footer < 0 ? text : text.substring(0, footer)).replaceAll("(?:!\\r?\\n )|\\r?\\n", "");
        return read(object.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ReturnedMail> readEvent(JsonObject event) {
        String type = text(event, "notificationType") + text(event, "eventType");
        Optional<String> messageId = messageId(part(event, "mail"));
        return switch (type) {
            case "Bounce" -> bounces(part(event, "bounce"), messageId);
            case "Complaint" -> complaints(part(event, "complaint"), messageId);
            case "DeliveryDelay" -> delays(part(event, "deliveryDelay"), messageId);
            case "Reject", "Rendering Failure" -> refusals(event, type, messageId);
            case "Subscription" -> optOuts(event, messageId);
            // Opens and clicks are nobody's business.
            case "Delivery", "Send", "Open", "Click", "AmazonSnsSubscriptionSucceeded" ->
                List.of(new ReturnedMail.Info(WebhookReports.report("", type, messageId)));
            default -> List.of();
        };
    }

    private static List<ReturnedMail> bounces(JsonObject bounce, Optional<String> messageId) {
        List<ReturnedMail> mails = new ArrayList<>();
        for (JsonObject recipient : objects(bounce, "bouncedRecipients")) {
            String words = (text(recipient, "status") + " " + text(recipient, "diagnosticCode") + hint(bounce)).strip();
            mails.add(WebhookReports.failed(text(recipient, "emailAddress"), words, messageId, finding(bounce)));
        }
        return mails;
    }

    private static Finding finding(JsonObject bounce) {
        String kind = text(bounce, "bounceSubType");
        if (kind.equals("ContentRejected") || kind.equals("AttachmentRejected")) {
            return Finding.REFUSED;
        }
        return switch (text(bounce, "bounceType")) {
            case "Permanent" -> kind.equals("OnAccountSuppressionList") ? Finding.REFUSED : Finding.GONE;
            case "Transient" -> Finding.PASSING;
            default -> Finding.NONE;
        };
    }

    /** In words that the classifier knows; SES leaves the other server's out where it got none. */
    private static String hint(JsonObject bounce) {
        return switch (text(bounce, "bounceSubType")) {
            case "MailboxFull" -> " (mailbox full)";
            case "MessageTooLarge" -> " (message too large)";
            case "OnAccountSuppressionList" -> " (on the account's suppression list)";
            default -> "";
        };
    }

    private static List<ReturnedMail> complaints(JsonObject complaint, Optional<String> messageId) {
        String type = text(complaint, "complaintFeedbackType");
        List<ReturnedMail> mails = new ArrayList<>();
        for (JsonObject recipient : objects(complaint, "complainedRecipients")) {
            mails.add(WebhookReports.complaint(
                    text(recipient, "emailAddress"),
                    "Complaint " + type,
                    messageId,
                    type.isEmpty() ? ReturnedMail.ComplaintKind.ABUSE : Complaints.kindOf(type)));
        }
        return mails;
    }

    private static List<ReturnedMail> delays(JsonObject delay, Optional<String> messageId) {
        List<ReturnedMail> mails = new ArrayList<>();
        for (JsonObject recipient : objects(delay, "delayedRecipients")) {
            String words = (text(recipient, "status") + " " + text(recipient, "diagnosticCode") + " "
                            + text(delay, "delayType"))
                    .strip();
            mails.add(
                    new ReturnedMail.Delayed(WebhookReports.report(text(recipient, "emailAddress"), words, messageId)));
        }
        return mails;
    }

    /** SES itself found a virus, or could not make the mail. */
    private static List<ReturnedMail> refusals(JsonObject event, String type, Optional<String> messageId) {
        String words =
                type + " " + text(part(event, "reject"), "reason") + " " + text(part(event, "failure"), "errorMessage");
        return List.of(WebhookReports.failed(onlyDestination(event), words, messageId, Finding.REFUSED));
    }

    /** The person used the unsubscribe link or field that SES manages; only leaving everything counts. */
    private static List<ReturnedMail> optOuts(JsonObject event, Optional<String> messageId) {
        JsonObject wanted = part(part(event, "subscription"), "newTopicPreferences");
        String recipient = onlyDestination(event);
        return List.of(
                "true".equals(text(wanted, "unsubscribeAll"))
                        ? WebhookReports.complaint(
                                recipient, "Subscription", messageId, ReturnedMail.ComplaintKind.OPT_OUT)
                        : new ReturnedMail.Info(WebhookReports.report(recipient, "Subscription", messageId)));
    }

    private static String onlyDestination(JsonObject event) {
        List<String> destinations = WebhookJson.texts(part(event, "mail"), "destination");
        return destinations.size() == 1 ? destinations.get(0) : "";
    }

    /** Ours; the "messageId" of the mail object is SES's own. */
    private static Optional<String> messageId(JsonObject mail) {
        return objects(mail, "headers").stream()
                .filter(h -> "message-id".equalsIgnoreCase(text(h, "name")))
                .map(h -> text(h, "value"))
                .findFirst()
                .or(() -> Optional.of(text(part(mail, "commonHeaders"), "messageId")));
    }
}
