package org.tidings.newsletter.internal;

import java.time.Duration;
import java.util.Optional;
import org.tidings.newsletter.internal.importing.ImportLimits;
import org.tidings.site.Site;

/**
 * What can be configured.
 *
 * @param unsubscribeMailbox for the mailto form of List-Unsubscribe
 */
record Settings(
        Site site,
        Optional<String> unsubscribeMailbox,
        Duration undo,
        Duration confirmationLifetime,
        ImportLimits imports) {}
