package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * A line of the subscribers' list.
 *
 * @param subscription the recipient's id in mailings
 * @param address as typed; empty when erased
 * @param zone where the person lives, if she said so
 */
public record SubscriberView(
        SubscriberId id,
        UUID subscription,
        String address,
        String name,
        Optional<ZoneId> zone,
        boolean hasAccount,
        SubscriptionState state,
        OffsetDateTime since,
        Optional<Means> ended) {}
