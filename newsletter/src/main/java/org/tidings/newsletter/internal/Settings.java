package org.tidings.newsletter.internal;

import java.time.Duration;
import java.util.Optional;

/**
 * What can be configured.
 *
 * @param publicUrl without a slash at its end
 * @param unsubscribeMailbox for the mailto form of List-Unsubscribe
 */
record Settings(
        String publicUrl,
        Optional<String> unsubscribeMailbox,
        Duration undo,
        Duration confirmationLifetime,
        int importRows) {}
