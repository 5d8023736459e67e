package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The standing with one newsletter.
 *
 * @param id the recipient's id in mailings
 * @param since when it came into this state
 * @param ended how it ended, if it did; {@link Means#DEACTIVATION} after a reactivation: offer it again
 */
public record SubscriptionView(
        UUID id, NewsletterView newsletter, SubscriptionState state, OffsetDateTime since, Optional<Means> ended) {}
