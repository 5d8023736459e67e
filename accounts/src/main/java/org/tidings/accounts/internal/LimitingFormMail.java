package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.accounts.Client;
import org.tidings.accounts.FormMail;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Counts by network and by mailbox, beside what registration and its like count for themselves. */
@ApplicationScoped
class LimitingFormMail implements FormMail {

    private static final int PER_NETWORK = 60;
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Limits limits;

    @Inject
    MailboxAllowance mailboxes;

    @Inject
    KeyedHashes hashes;

    @Inject
    Now now;

    @Override
    public String networkOf(Client client) {
        return hashes.ofNetwork(client.address());
    }

    @Override
    @Transactional
    public void admit(String network) {
        Optional<OffsetDateTime> free = limits.takeOfAll(new Limits.Limit("form mail " + network, PER_NETWORK, HOUR));
        free.ifPresent(at -> {
            throw AskingForLinks.tooOften(now.get(), at);
        });
    }

    @Override
    @Transactional
    public boolean mayReach(EmailAddress address, String network) {
        return mailboxes.take(MailboxAllowance.Kind.SUBSCRIPTION, address, network)
                instanceof MailboxAllowance.Chance.Taken;
    }

    @Override
    @Transactional
    public Requests requests() {
        long waiting =
                em.createQuery("select count(r) from LinkRequest r", Long.class).getSingleResult();
        return new Requests(waiting, limits.used(AnsweringRequests.SITE) >= AnsweringRequests.PER_SITE);
    }
}
