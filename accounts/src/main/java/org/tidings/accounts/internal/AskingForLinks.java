package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Locale;
import org.tidings.accounts.Client;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Transactional;

/** Writes down what a form asked for: one row, the same for every address, so that the answer tells nothing (S01, S02). */
@ApplicationScoped
@Transactional
class AskingForLinks {

    /** Twice as many as are answered in an hour: what more of one network waits would only hold the others up. */
    private static final int MOST_OF_ONE_NETWORK = 60;

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    KeyedHashes hashes;

    @Inject
    Now now;

    void ask(LinkRequest.Kind kind, EmailAddress address, Locale language, String interests, Client client) {
        String network = hashes.ofNetwork(client.address());
        if (waitingOf(network) < MOST_OF_ONE_NETWORK) {
            em.persist(new LinkRequest(Ids.next(), kind, address, language, interests, network, now.get()));
        }
    }

    private long waitingOf(String network) {
        return em.createQuery("select count(r) from LinkRequest r where r.network = :network", Long.class)
                .setParameter("network", network)
                .getSingleResult();
    }
}
