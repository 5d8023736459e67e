package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.newsletter.internal.webhooks.Happenings;

/** Lets other programs hear of subscriptions. */
@ApplicationScoped
class WebhookFacts implements HearsSubscriptions {

    private final SubscriptionBook book;
    private final Happenings happenings;

    @SuppressWarnings("NullAway") // for the container's proxy
    WebhookFacts() {
        this(null, null);
    }

    @Inject
    WebhookFacts(SubscriptionBook book, Happenings happenings) {
        this.book = book;
        this.happenings = happenings;
    }

    @Override
    public void asked(UUID subscription) {
        tell(WebhookEvent.SUBSCRIBED, subscription, "");
    }

    @Override
    public void confirmed(UUID subscription, Means means) {
        tell(WebhookEvent.CONFIRMED, subscription, means.name());
    }

    @Override
    public void ended(UUID subscription, Means means) {
        tell(means == Means.COMPLAINT ? WebhookEvent.COMPLAINED : WebhookEvent.LEFT, subscription, means.name());
    }

    private void tell(WebhookEvent event, UUID subscription, String means) {
        if (happenings.anyFor(event)) {
            book.find(subscription)
                    .ifPresent(entry -> happenings.subscription(event, entry.id(), entry.newsletter(), means));
        }
    }
}
