package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.AddressTaken;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.FirstAdministrator;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.Role;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;
import org.tidings.site.Transactions;

/** The first administrator of a fresh site. */
@ApplicationScoped
class OpeningTheSite implements FirstAdministrator {

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    StaffRoster roster;

    @Inject
    CommonPasswords common;

    @Inject
    Argon2 argon2;

    @Inject
    Transactions transactions;

    @Inject
    Now now;

    @Inject
    Event<AccountOpened> opened;

    @Override
    @Transactional
    public Optional<String> newToken() {
        em.createQuery("delete from SetupLink l").executeUpdate();
        if (people.anyAdministrator()) {
            return Optional.empty();
        }
        Token token = Token.random();
        em.persist(new SetupLink(token.hash(), now.get()));
        return Optional.of(token.value());
    }

    @Override
    @Transactional
    public void check(String token) {
        SetupLink link = em.find(SetupLink.class, Token.hash(token));
        if (link == null || !link.good(now.get()) || people.anyAdministrator()) {
            throw new LinkNotValid();
        }
    }

    @Override
    public AccountId open(
            String token, EmailAddress address, String name, String password, Set<Role> alsoRoles, Locale language) {
        transactions.run(() -> check(token));
        DisplayName displayName = DisplayName.of(name);
        PlainPassword chosen = PlainPassword.chosen(password);
        common.refuse(chosen, address, displayName);
        PasswordHash hash = argon2.hash(chosen);
        return transactions.call(() -> open(token, address, displayName, hash, alsoRoles, language));
    }

    private AccountId open(
            String token,
            EmailAddress address,
            DisplayName name,
            PasswordHash password,
            Set<Role> alsoRoles,
            Locale language) {
        check(token);
        if (em.createQuery("delete from SetupLink l").executeUpdate() == 0) {
            throw new LinkNotValid();
        }
        OffsetDateTime at = now.get();
        Account account = Account.open(
                Ids.next(),
                address,
                name,
                language,
                password,
                new ContactWishes(true, false, ""),
                Optional.empty(),
                at);
        em.persist(account);
        try {
            em.flush();
        } catch (PersistenceException e) {
            throw new AddressTaken();
        }
        Set<Role> roles = EnumSet.of(Role.ADMINISTRATOR);
        roles.addAll(alsoRoles);
        roster.appoint(account, roles);
        opened.fire(new AccountOpened(account.id(), address, account.name(), language, Optional.empty(), Set.of(), at));
        return account.id();
    }
}
