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
 * @param pausedUntil when it comes again, if she has paused it
 */
public record SubscriptionView(
        UUID id,
        NewsletterView newsletter,
        SubscriptionState state,
        OffsetDateTime since,
        Optional<Means> ended,
        Optional<OffsetDateTime> pausedUntil) {

    /** One that is not paused. */
    public SubscriptionView(
            UUID id, NewsletterView newsletter, SubscriptionState state, OffsetDateTime since, Optional<Means> ended) {
        this(id, newsletter, state, since, ended, Optional.empty());
    }
}
