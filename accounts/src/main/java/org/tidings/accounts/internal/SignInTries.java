package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Client;
import org.tidings.accounts.TooManyTries;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Now;

/**
 * Counts tries at passwords (SEC-21, SEC-22), before the password is looked at, so that tries made at the same time count too. Who can be
 * told from a stranger is counted alone, so that no stranger slows her down (ADR 25).
 *
 * <p>Alone are a browser that is known, a session that gives its password again, and a link from the mailbox: ten in a row are free,
 * then each makes the next wait twice as long, up to 15 minutes; 100 in a row stop it. All others:
 *
 * <ul>
 *   <li>By address, known or not, and network: the same, and after 30 in a row the network waits for a day.
 *   <li>By address: 100 in a row, wherever from. Then browsers that are not known need a link by mail.
 *   <li>By network: 100 wrong ones in 15 minutes.
 *   <li>By site: 3,000 wrong ones in a minute.
 * </ul>
 *
 * <p>A right password clears what it was counted by; a password chosen by mail frees the address.
 */
@ApplicationScoped
class SignInTries {

    private static final int FREE = 10;
    private static final int STOP = 100;
    private static final Duration STOPPED = Duration.ofDays(30);
    private static final int NETWORK_STOP = 30;
    private static final Duration NETWORK_STOPPED = Duration.ofDays(1);
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
     * A try that was counted.
     *
     * @param inARow counters that a right password clears
     * @param wrong counters of wrong ones only, that a right password gives back to
     */
    record Tried(List<String> inARow, List<String> wrong) {}

    /**
     * Counts a try at the sign-in page.
     *
     * @param known the browser, if it is known to the account of the address
     * @throws TooManyTries instead of counting it
     */
    Tried begin(EmailAddress address, Client client, Optional<KnownBrowser> known) {
        return known.map(browser -> beginAlone("tries browser " + browser.tokenHash()))
                .orElseGet(() -> beginAmongOthers(address, client));
    }

    /** Counts a try of somebody who is signed in. */
    Tried begin(UUID session) {
        return beginAlone("tries session " + session);
    }

    /** Counts a try of somebody with a link from the account's mailbox. */
    Tried begin(AccountId account) {
        return beginAlone(mailbox(account));
    }

    private Tried beginAlone(String name) {
        take(name, FREE, STOP, STOPPED, true, now.get());
        return new Tried(List.of(name), List.of());
    }

    private Tried beginAmongOthers(EmailAddress address, Client client) {
        OffsetDateTime at = now.get();
        String everywhere = everywhere(address);
        String here = "tries " + hashes.ofNetwork(client.address()) + " " + hashes.ofLimited(address);
        String network = "tries network " + hashes.ofNetwork(client.address());
        take(everywhere, STOP, STOP, STOPPED, true, at);
        take(here, FREE, NETWORK_STOP, NETWORK_STOPPED, false, at);
        takeInWindow(network, NETWORK_MOST, NETWORK_WINDOW, at);
        takeInWindow(SITE, SITE_MOST, SITE_WINDOW, at);
        return new Tried(List.of(everywhere, here), List.of(network, SITE));
    }

    private void take(String name, int free, int stop, Duration stopped, boolean mailHelpsThen, OffsetDateTime at) {
        Optional<Limits.Count> known = limits.lock(name);
        int used = known.filter(
                        c -> c.used() >= stop || c.since().plus(FORGOTTEN).isAfter(at))
                .map(Limits.Count::used)
                .orElse(0);
        known.ifPresent(count -> requirePassed(count.until(), at, mailHelpsThen && used >= stop));
        int tried = (used >= stop ? 0 : used) + 1;
        Duration pause = tried >= stop ? stopped : pauseAfter(tried, free);
        limits.put(name, new Limits.Count(tried, at, at.plus(pause)));
    }

    private static Duration pauseAfter(int tried, int free) {
        if (tried < free) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(5).multipliedBy(1L << Math.min(tried - free, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private void takeInWindow(String name, int most, Duration window, OffsetDateTime at) {
        Limits.Count count =
                limits.lock(name).filter(c -> c.until().isAfter(at)).orElse(new Limits.Count(0, at, at.plus(window)));
        if (count.used() >= most) {
            requirePassed(count.until(), at, false);
        }
        limits.put(name, new Limits.Count(count.used() + 1, count.since(), count.until()));
    }

    private static void requirePassed(OffsetDateTime until, OffsetDateTime at, boolean onlyByMail) {
        if (until.isAfter(at)) {
            Duration left = Duration.between(at, until);
            throw new TooManyTries(
                    left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left, onlyByMail);
        }
    }

    /** The password could not be looked at: the try does not count. */
    void notLookedAt(Tried tried) {
        tried.inARow().forEach(this::giveBack);
        tried.wrong().forEach(this::giveBack);
    }

    /** The password was right. */
    void succeeded(Tried tried) {
        tried.inARow().forEach(limits::clear);
        tried.wrong().forEach(this::giveBack);
    }

    private void giveBack(String name) {
        limits.lock(name)
                .ifPresent(c -> limits.put(name, new Limits.Count(Math.max(0, c.used() - 1), c.since(), c.until())));
    }

    /** A password was chosen by whoever has the mailbox. */
    void forget(EmailAddress address, AccountId account) {
        limits.clear(everywhere(address));
        limits.clear(mailbox(account));
    }

    private String everywhere(EmailAddress address) {
        return "tries address " + hashes.ofLimited(address);
    }

    private static String mailbox(AccountId account) {
        return "tries mailbox " + account.value();
    }
}
