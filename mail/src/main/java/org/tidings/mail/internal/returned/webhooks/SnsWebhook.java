package org.tidings.mail.internal.returned.webhooks;

import static org.tidings.mail.internal.returned.reading.WebhookJson.object;
import static org.tidings.mail.internal.returned.reading.WebhookJson.text;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tidings.mail.internal.returned.reading.WebhookJson;

/** The envelope of Amazon SNS in which SES reports come. Raw delivery, without it, bears no signature and is refused. */
public final class SnsWebhook {
    private static final Pattern HOST = Pattern.compile("sns\\.[a-z0-9-]{3,30}\\.amazonaws\\.com(?:\\.cn)?");

    private SnsWebhook() {}

    /** What an SNS request wants. */
    public enum Type {
        NOTIFICATION,
        /** The operator's subscription waits for a GET of {@link #subscribeUrl}. */
        CONFIRMATION,
        OTHER
    }

    private static final Set<String> COVERED_OR_NEEDED = Set.of(
            "Message",
            "MessageId",
            "Subject",
            "SubscribeURL",
            "Timestamp",
            "Token",
            "TopicArn",
            "Type",
            "SigningCertURL",
            "SignatureVersion",
            "Signature");

    /**
     * Checks an SNS message's signature, versions 1 and 2.
     *
     * @param topics the ARNs that are expected; a message of another topic is refused
     * @param certificates gives the public key of the certificate at an address, after checking its chain; only addresses of SNS
     *     itself are asked for
     */
    public static boolean isGenuine(byte[] body, List<String> topics, Function<URI, Optional<PublicKey>> certificates) {
        Map<String, String> message = WebhookJson.texts(body, "", COVERED_OR_NEEDED);
        if (!topics.contains(message.getOrDefault("TopicArn", ""))) {
            return false;
        }
        List<String> names = "Notification".equals(message.get("Type"))
                ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                : List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        StringBuilder signed = new StringBuilder();
        for (String name : names) {
            if (message.containsKey(name)) {
                signed.append(name).append('\n').append(message.get(name)).append('\n');
            }
        }
        Optional<URI> certificate = addressOfSns(message.getOrDefault("SigningCertURL", ""));
        if (certificate.isEmpty() || !certificate.get().getPath().endsWith(".pem")) {
            return false;
        }
        String algorithm = "2".equals(message.get("SignatureVersion")) ? "SHA256withRSA" : "SHA1withRSA";
        return certificates
                .apply(certificate.get())
                .filter(key -> WebhookSignatures.verifies(
                        algorithm,
                        key,
                        signed.toString().getBytes(StandardCharsets.UTF_8),
                        message.getOrDefault("Signature", "")))
                .isPresent();
    }

    /** What its signature covers and no other message has; the body's blanks and further fields are anybody's. */
    public static byte[] once(byte[] body) {
        return WebhookSignatures.once(
                object(body).map(o -> text(o, "MessageId")).orElse(""), body);
    }

    /** To be asked after {@link #isGenuine}. */
    public static Type type(byte[] body) {
        return switch (object(body).map(o -> text(o, "Type")).orElse("")) {
            case "Notification" -> Type.NOTIFICATION;
            case "SubscriptionConfirmation" -> Type.CONFIRMATION;
            default -> Type.OTHER;
        };
    }

    /** Where to confirm a subscription; only at SNS itself. */
    public static Optional<URI> subscribeUrl(byte[] body) {
        return object(body).flatMap(o -> addressOfSns(text(o, "SubscribeURL")));
    }

    private static Optional<URI> addressOfSns(String address) {
        try {
            URI uri = URI.create(address);
            boolean own = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && HOST.matcher(uri.getHost()).matches()
                    && uri.getUserInfo() == null
                    && (uri.getPort() == -1 || uri.getPort() == 443);
            return own ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
