package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Client;
import org.tidings.accounts.Role;
import org.tidings.accounts.SessionView;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn.SignedIn;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** All signed-in browsers. */
@ApplicationScoped
@Transactional
class OpenSessions implements Sessions {

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    KnownBrowsers browsers;

    @Inject
    Now now;

    @Override
    public Optional<SessionView> resolve(String token) {
        return em.createQuery("select s from Session s where s.tokenHash = :hash", Session.class)
                .setParameter("hash", Token.hash(token))
                .getResultStream()
                .findFirst()
                .flatMap(this::alive);
    }

    private Optional<SessionView> alive(Session session) {
        Optional<Account> holder =
                people.account(new AccountId(session.account())).filter(Account::active);
        Set<Role> roles = people.rolesOf(session.account());
        if (holder.isEmpty() || !session.alive(!roles.isEmpty(), now.get())) {
            return Optional.empty();
        }
        if (session.seenLongAgo(now.get())) {
            // Not through the entity: two requests at once must not clash over its version.
            em.createQuery("update Session s set s.lastSeenAt = :now where s.id = :id")
                    .setParameter("now", now.get())
                    .setParameter("id", session.id())
                    .executeUpdate();
        }
        return Optional.of(session.view(holder.get(), roles));
    }

    SignedIn start(Account account, Client client) {
        Token token = Token.random();
        KnownBrowsers.Remembered browser = browsers.remember(account, client);
        Session session = new Session(
                Ids.next(),
                token.hash(),
                account.key(),
                Browser.of(client.userAgent()),
                browser.tokenHash(),
                now.get());
        em.persist(session);
        return new SignedIn(token.value(), session.view(account, people.rolesOf(account.key())), browser.presented());
    }

    /** The same session under a new token. Empty when it has ended. */
    Optional<SignedIn> rotate(Account account, UUID id) {
        Token token = Token.random();
        return Optional.ofNullable(em.find(Session.class, id))
                .filter(session -> session.account().equals(account.key()))
                .map(session -> {
                    session.authenticatedAgain(token.hash(), now.get());
                    return new SignedIn(token.value(), session.view(account, people.rolesOf(account.key())), "");
                });
    }

    @Override
    public List<SessionView> of(AccountId account) {
        Optional<Account> holder = people.account(account);
        Set<Role> roles = people.rolesOf(account.value());
        return em.createQuery(
                        "select s from Session s where s.account = :account order by s.lastSeenAt desc", Session.class)
                .setParameter("account", account.value())
                .getResultStream()
                .filter(session -> session.alive(!roles.isEmpty(), now.get()))
                .flatMap(session -> holder.map(h -> session.view(h, roles)).stream())
                .toList();
    }

    @Override
    public List<Known> known(AccountId account) {
        return browsers.ofAccount(account.value()).stream()
                .map(KnownBrowser::view)
                .toList();
    }

    @Override
    public void disown(AccountId account, UUID session) {
        browserOf(account, session).ifPresent(browser -> browsers.forget(account.value(), browser));
        revoke(account, session);
    }

    @Override
    public void disownOthers(AccountId account, UUID keep) {
        browsers.forgetOthers(account.value(), browserOf(account, keep).orElse(""));
        revokeOthers(account, keep);
    }

    private Optional<String> browserOf(AccountId account, UUID session) {
        return Optional.ofNullable(em.find(Session.class, session))
                .filter(s -> s.account().equals(account.value()))
                .map(Session::knownBrowser);
    }

    @Override
    public void revoke(AccountId account, UUID session) {
        em.createQuery("delete from Session s where s.account = :account and s.id = :id")
                .setParameter("account", account.value())
                .setParameter("id", session)
                .executeUpdate();
    }

    @Override
    public void revokeAll(AccountId account) {
        em.createQuery("delete from Session s where s.account = :account")
                .setParameter("account", account.value())
                .executeUpdate();
    }

    private void revokeOthers(AccountId account, UUID keep) {
        em.createQuery("delete from Session s where s.account = :account and s.id <> :keep")
                .setParameter("account", account.value())
                .setParameter("keep", keep)
                .executeUpdate();
    }
}
