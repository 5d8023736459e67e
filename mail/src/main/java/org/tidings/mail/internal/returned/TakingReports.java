package org.tidings.mail.internal.returned;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.tidings.mail.ProviderReports;
import org.tidings.mail.internal.returned.webhooks.Webhook;
import org.tidings.mail.internal.returned.webhooks.Webhooks;

/** Takes what providers post. */
final class TakingReports implements ProviderReports {

    private final Webhooks webhooks;
    private final KeepingMails keeping;
    private final Clock clock;

    TakingReports(Webhooks webhooks, KeepingMails keeping, Clock clock) {
        this.webhooks = webhooks;
        this.keeping = keeping;
        this.clock = clock;
    }

    @Override
    public Answer take(String provider, Map<String, String> headers, byte[] body) {
        Optional<Webhook> webhook = webhooks.named(provider).filter(Webhook::isOn);
        return webhook.isEmpty() ? Answer.OFF : take(webhook.get(), headers, body);
    }

    private Answer take(Webhook webhook, Map<String, String> headers, byte[] body) {
        if (body.length > BYTES_AT_MOST || !webhook.isGenuine(headers, body, clock.instant())) {
            return Answer.REFUSED;
        }
        if (webhook.isDealtWith(body)) {
            return Answer.KEPT;
        }
        if (webhook.hasTooManyEvents(body)) {
            return Answer.TOO_MANY;
        }
        keeping.keep(webhook.name(), null, body, webhook.once(headers, body));
        return Answer.KEPT;
    }
}
