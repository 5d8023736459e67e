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

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    KeyedHashes hashes;

    @Inject
    Now now;

    void ask(LinkRequest.Kind kind, EmailAddress address, Locale language, String interests, Client client) {
        em.persist(new LinkRequest(
                Ids.next(), kind, address, language, interests, hashes.ofNetwork(client.address()), now.get()));
    }
}
