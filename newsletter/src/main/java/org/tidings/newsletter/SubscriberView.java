package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * A line of the subscribers' list.
 *
 * @param subscription the recipient's id in mailings
 * @param address as typed; empty when erased
 */
public record SubscriberView(
        SubscriberId id,
        UUID subscription,
        String address,
        String name,
        boolean hasAccount,
        SubscriptionState state,
        OffsetDateTime since,
        Optional<Means> ended) {}
