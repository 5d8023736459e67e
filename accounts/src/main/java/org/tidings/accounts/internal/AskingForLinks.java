package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AskedTooOften;
import org.tidings.accounts.Client;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/**
 * Writes down what a form asked for: one row, the same for every address, so that the answer tells nothing (SEC-01, SEC-02). A network
 * that asks for more than 60 within an hour is told to wait; a browser that is known to the account of the address has five an hour
 * of its own, so that nobody in the same network takes them from her.
 */
@ApplicationScoped
@Transactional
class AskingForLinks {

    static final int PER_NETWORK = 60;
    private static final int PER_BROWSER = 5;
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    KnownBrowsers browsers;

    @Inject
    Limits limits;

    @Inject
    KeyedHashes hashes;

    @Inject
    Now now;

    /** @throws AskedTooOften by the network, whatever is known of the address */
    void ask(LinkRequest.Kind kind, EmailAddress address, Locale language, String interests, Client client) {
        String network = hashes.ofNetwork(client.address());
        int place = isKnown(address, client) ? 0 : placeOf(network);
        em.persist(new LinkRequest(Ids.next(), kind, address, language, interests, network, place, now.get()));
    }

    /** Nothing is looked up for a browser that has nothing to show. */
    private boolean isKnown(EmailAddress address, Client client) {
        return browsers.of(client).stream()
                .filter(browser -> people.account(new AccountId(browser.account()))
                        .filter(account -> account.address().canonical().equals(address.canonical()))
                        .isPresent())
                .anyMatch(browser -> limits.take("asks " + browser.tokenHash(), PER_BROWSER, HOUR));
    }

    private int placeOf(String network) {
        String name = "asks network " + network;
        Optional<OffsetDateTime> free = limits.takeOfAll(new Limits.Limit(name, PER_NETWORK, HOUR));
        free.ifPresent(at -> {
            throw tooOften(now.get(), at);
        });
        return limits.used(name);
    }

    static AskedTooOften tooOften(OffsetDateTime at, OffsetDateTime free) {
        Duration left = Duration.between(at, free);
        return new AskedTooOften(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    }
}
