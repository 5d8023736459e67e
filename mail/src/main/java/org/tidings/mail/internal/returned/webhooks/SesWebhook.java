package org.tidings.mail.internal.returned.webhooks;

import static org.tidings.mail.internal.returned.reading.WebhookJson.object;
import static org.tidings.mail.internal.returned.reading.WebhookJson.text;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.SesNotices;
import org.tidings.mail.internal.returned.reading.WebhookJson;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;

/**
 * Amazon SES, whose reports come in envelopes of Amazon SNS. Raw delivery, without them, bears no signature and is refused. The
 * subscription of an expected topic is confirmed by itself.
 */
public final class SesWebhook implements Webhook {
    private static final Logger LOG = Logger.getLogger(SesWebhook.class.getName());
    public static final ConfigurationKey TOPICS = new ConfigurationKey(
            "tidings.webhooks.ses.topics",
            "",
            "ARNs of the Amazon SNS topics whose bounces and complaints /webhooks/ses takes, comma-separated; unset, off.",
            false,
            Expected.listOf(Expected.matching(
                    "the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:bounces",
                    value -> value.matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}"))));
    private static final Pattern HOST = Pattern.compile("sns\\.[a-z0-9-]{3,30}\\.amazonaws\\.com(?:\\.cn)?");

    private final List<String> topics;
    private final SnsCertificates certificates;
    private final Executor aside;

    /**
     * @param topics ARNs that are expected, divided by commas; empty: off
     * @param aside does what the request must not wait for
     */
    SesWebhook(String topics, SnsCertificates certificates, Executor aside) {
        this.topics = Arrays.stream(topics.split(",", -1))
                .map(String::strip)
                .filter(arn -> !arn.isEmpty())
                .toList();
        this.certificates = certificates;
        this.aside = aside;
    }

    @Override
    public String name() {
        return "ses";
    }

    @Override
    public boolean isOn() {
        return !topics.isEmpty();
    }

    @Override
    public boolean isGenuine(Map<String, String> headers, byte[] body, Instant now) {
        return isGenuine(body, topics, certificates);
    }

    @Override
    public boolean isDealtWith(byte[] body) {
        Type type = type(body);
        if (type == Type.CONFIRMATION) {
            subscribeUrl(body).ifPresent(url -> aside.execute(() -> confirm(url)));
        }
        return type != Type.NOTIFICATION;
    }

    private void confirm(URI url) {
        try {
            certificates.confirm(url);
            LOG.info("the subscription of an SNS topic was confirmed");
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the subscription of an SNS topic could not be confirmed: {0}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<ReturnedMail> read(byte[] body) {
        return SesNotices.read(body);
    }

    /** What an SNS request wants. */
    enum Type {
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
    static boolean isGenuine(byte[] body, List<String> topics, Function<URI, Optional<PublicKey>> certificates) {
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
    @Override
    public byte[] once(Map<String, String> headers, byte[] body) {
        return WebhookSignatures.once(
                object(body).map(o -> text(o, "MessageId")).orElse(""), body);
    }

    /** To be asked after {@link #isGenuine}. */
    static Type type(byte[] body) {
        return switch (object(body).map(o -> text(o, "Type")).orElse("")) {
            case "Notification" -> Type.NOTIFICATION;
            case "SubscriptionConfirmation" -> Type.CONFIRMATION;
            default -> Type.OTHER;
        };
    }

    /** Where to confirm a subscription; only at SNS itself. */
    static Optional<URI> subscribeUrl(byte[] body) {
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
