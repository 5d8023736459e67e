package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.tidings.accounts.Client;
import org.tidings.accounts.FormMail;
import org.tidings.site.Transactional;

/** Counts by network, beside what registration and its like count for themselves. */
@ApplicationScoped
class LimitingFormMail implements FormMail {

    private static final int PER_NETWORK = 60;
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    Limits limits;

    @Inject
    KeyedHashes hashes;

    @Override
    public String networkOf(Client client) {
        return hashes.ofNetwork(client.address());
    }

    @Override
    @Transactional
    public boolean allows(String network) {
        return limits.take("form mail " + network, PER_NETWORK, HOUR);
    }
}
