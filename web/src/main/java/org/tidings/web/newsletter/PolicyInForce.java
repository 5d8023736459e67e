package org.tidings.web.newsletter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyKind;
import org.tidings.newsletter.CurrentPolicy;

/** Tells the consent records which privacy policy was in force; asked with every one-click, so kept for some seconds. */
@ApplicationScoped
class PolicyInForce implements CurrentPolicy {

    private static final Duration KEPT = Duration.ofSeconds(10);

    @Inject
    Policies policies;

    @Inject
    Clock clock;

    private volatile @Nullable Known known;

    private record Known(String version, Instant until) {}

    @Override
    public String version() {
        Instant now = clock.instant();
        Known last = known;
        if (last == null || now.isAfter(last.until())) {
            String version = policies.current(PolicyKind.PRIVACY)
                    .map(v -> Integer.toString(v.number()))
                    .orElse("");
            last = new Known(version, now.plus(KEPT));
            known = last;
        }
        return last.version();
    }
}
