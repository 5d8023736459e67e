package org.tidings.mail.internal.returned.webhooks;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.tidings.site.ConfigurationKey;

/** The providers that may post, in the order in which staff see them. */
public record Webhooks(List<Webhook> all) {

    public static final List<ConfigurationKey> KEYS = List.of(
            SesWebhook.TOPICS,
            SendGridWebhook.KEY,
            PostmarkWebhook.CREDENTIALS,
            MailgunWebhook.KEY,
            GenericWebhook.SECRET);

    /**
     * Reads each key by its name; an unset key gives its fallback.
     *
     * @param aside does what the request must not wait for
     */
    public static Webhooks read(Function<String, Optional<String>> configuration, Clock clock, Executor aside) {
        Function<ConfigurationKey, String> text =
                key -> configuration.apply(key.name()).map(String::strip).orElse(key.fallback());
        return new Webhooks(List.of(
                new SesWebhook(text.apply(SesWebhook.TOPICS), new SnsCertificates(clock), aside),
                new SendGridWebhook(text.apply(SendGridWebhook.KEY)),
                new PostmarkWebhook(secret(PostmarkWebhook.CREDENTIALS, text)),
                new MailgunWebhook(secret(MailgunWebhook.KEY, text)),
                new GenericWebhook(secret(GenericWebhook.SECRET, text))));
    }

    private static String secret(ConfigurationKey key, Function<ConfigurationKey, String> text) {
        String value = text.apply(key);
        if (!value.isEmpty() && value.length() < 16) {
            throw new IllegalArgumentException(key.name() + " must have 16 characters or more");
        }
        return value;
    }

    public Optional<Webhook> named(String name) {
        return all.stream().filter(webhook -> webhook.name().equals(name)).findFirst();
    }

    /** Those whose key is configured. */
    public List<Webhook> on() {
        return all.stream().filter(Webhook::isOn).toList();
    }
}
