package org.tidings.newsletter.internal;

import java.util.UUID;
import org.tidings.newsletter.Means;

/** Hears of each change of a subscription, in the transaction that makes it. Lists that are imported go by unheard. */
interface HearsSubscriptions {

    /** Somebody asked for it, or was invited. */
    default void asked(UUID subscription) {}

    default void confirmed(UUID subscription, Means means) {}

    default void ended(UUID subscription, Means means) {}
}
