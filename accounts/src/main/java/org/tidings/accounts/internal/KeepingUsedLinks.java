package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.tidings.accounts.UsedLinks;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Keeps the hash of a used link, under what it did in place of what it was for. */
@ApplicationScoped
class KeepingUsedLinks implements UsedLinks {

    private static final EmailAddress NO_ADDRESS = new EmailAddress("", "");

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Now now;

    @Override
    @Transactional
    public Optional<Deed> deedOf(String token) {
        return Optional.ofNullable(em.find(MailLink.class, Token.hash(token))).flatMap(link -> link.deed(now.get()));
    }

    /** The link itself is gone by now. */
    void remember(String token, MailLink.Purpose deed, Account account) {
        Optional.ofNullable(em.find(MailLink.class, Token.hash(token))).ifPresent(em::detach);
        em.persist(new MailLink(Token.hash(token), deed, account.key(), NO_ADDRESS, now.get()));
    }
}
