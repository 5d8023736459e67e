package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.tidings.accounts.LinkNotValid;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Now;

/** All one-time links that were mailed to holders. */
@ApplicationScoped
class Links {

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Now now;

    /** Does not touch earlier ones: a mail that comes late must work too (SEC-08). */
    MailLink add(Token token, MailLink.Purpose purpose, Account account, EmailAddress address) {
        MailLink link = new MailLink(token.hash(), purpose, account.key(), address, now.get());
        em.persist(link);
        return link;
    }

    /** @throws LinkNotValid when the link is unknown, expired or used */
    MailLink find(String token, MailLink.Purpose purpose) {
        MailLink link = em.find(MailLink.class, Token.hash(token));
        if (link == null || !link.serves(purpose, now.get())) {
            throw new LinkNotValid();
        }
        return link;
    }

    /**
     * Uses the link up, together with all others of the same purpose and account.
     *
     * @throws LinkNotValid also when somebody else was faster
     */
    MailLink use(String token, MailLink.Purpose purpose) {
        MailLink link = find(token, purpose);
        int deleted = em.createQuery("delete from MailLink l where l.tokenHash = :hash")
                .setParameter("hash", Token.hash(token))
                .executeUpdate();
        if (deleted == 0) {
            throw new LinkNotValid();
        }
        em.createQuery("delete from MailLink l where l.account = :account and l.purpose = :purpose")
                .setParameter("account", link.account().value())
                .setParameter("purpose", purpose)
                .executeUpdate();
        return link;
    }

    void killAll(UUID account) {
        em.createQuery("delete from MailLink l where l.account = :account")
                .setParameter("account", account)
                .executeUpdate();
    }

    void killAllBut(MailLink.Purpose kept, UUID account) {
        em.createQuery("delete from MailLink l where l.account = :account and l.purpose <> :kept")
                .setParameter("account", account)
                .setParameter("kept", kept)
                .executeUpdate();
    }

    /** Those that still work, the newest first. */
    List<MailLink> of(UUID account, MailLink.Purpose purpose) {
        return em.createQuery(
                        "select l from MailLink l where l.account = :account and l.purpose = :purpose and l.expiresAt > :now"
                                + " order by l.createdAt desc",
                        MailLink.class)
                .setParameter("account", account)
                .setParameter("purpose", purpose)
                .setParameter("now", now.get())
                .getResultList();
    }

    /** @return how many there were */
    int killAll(UUID account, MailLink.Purpose purpose) {
        return em.createQuery("delete from MailLink l where l.account = :account and l.purpose = :purpose")
                .setParameter("account", account)
                .setParameter("purpose", purpose)
                .executeUpdate();
    }
}
