package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.accounts.Client;
import org.tidings.accounts.TooManyTries;
import org.tidings.mail.EmailAddress;

/**
 * Counts tries at passwords (S21, S22), before the password is looked at, so that tries made at the same time count too.
 *
 * <ul>
 *   <li>By address, known or not: ten in a row are free, then each makes the next wait twice as long, up to 15 minutes; after
 *       100 in a row only a new password by mail helps. A right password, and a reset, clear the count.
 *   <li>By network: 100 wrong ones in 15 minutes.
 *   <li>By site: 3,000 wrong ones in a minute.
 * </ul>
 */
@ApplicationScoped
class SignInTries {

    private static final int FREE = 10;
    private static final int STOP = 100;
    private static final Duration STOPPED = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final int NETWORK_MOST = 100;
    private static final Duration NETWORK_WINDOW = Duration.ofMinutes(15);
    private static final int SITE_MOST = 3_000;
    private static final Duration SITE_WINDOW = Duration.ofMinutes(1);
    private static final String SITE = "tries site";

    @Inject
    Limits limits;

    @Inject
    KeyedHashes hashes;

    @Inject
    Now now;

    /**
     * Counts a try.
     *
     * @throws TooManyTries instead of counting it
     */
    void begin(EmailAddress address, Client client) {
        OffsetDateTime at = now.get();
        beginForAddress(address, at);
        beginInWindow(network(client), NETWORK_MOST, NETWORK_WINDOW, at);
        beginInWindow(SITE, SITE_MOST, SITE_WINDOW, at);
    }

    private void beginForAddress(EmailAddress address, OffsetDateTime at) {
        String name = name(address);
        Optional<Limits.Count> known = limits.lock(name);
        int used = known.filter(
                        c -> c.used() >= STOP || c.since().plus(FORGOTTEN).isAfter(at))
                .map(Limits.Count::used)
                .orElse(0);
        known.ifPresent(count -> requirePassed(count.until(), at));
        int tried = (used >= STOP ? 0 : used) + 1;
        limits.put(name, new Limits.Count(tried, at, at.plus(pauseAfter(tried))));
    }

    private static Duration pauseAfter(int tried) {
        if (tried >= STOP) {
            return STOPPED;
        }
        if (tried < FREE) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(5).multipliedBy(1L << Math.min(tried - FREE, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private void beginInWindow(String name, int most, Duration window, OffsetDateTime at) {
        Limits.Count count =
                limits.lock(name).filter(c -> c.until().isAfter(at)).orElse(new Limits.Count(0, at, at.plus(window)));
        if (count.used() >= most) {
            requirePassed(count.until(), at);
        }
        limits.put(name, new Limits.Count(count.used() + 1, count.since(), count.until()));
    }

    private static void requirePassed(OffsetDateTime until, OffsetDateTime at) {
        if (until.isAfter(at)) {
            Duration left = Duration.between(at, until);
            throw new TooManyTries(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
        }
    }

    /** The password could not be looked at: the try does not count. */
    void notLookedAt(EmailAddress address, Client client) {
        giveBack(name(address));
        giveBack(network(client));
        giveBack(SITE);
    }

    /** The password was right. */
    void succeeded(EmailAddress address, Client client) {
        limits.clear(name(address));
        giveBack(network(client));
        giveBack(SITE);
    }

    private void giveBack(String name) {
        limits.lock(name)
                .ifPresent(c -> limits.put(name, new Limits.Count(Math.max(0, c.used() - 1), c.since(), c.until())));
    }

    /** Another password was chosen by mail. */
    void forget(EmailAddress address) {
        limits.clear(name(address));
    }

    private String name(EmailAddress address) {
        return "tries address " + hashes.ofLimited(address);
    }

    private String network(Client client) {
        return "tries network " + hashes.ofNetwork(client.address());
    }
}
