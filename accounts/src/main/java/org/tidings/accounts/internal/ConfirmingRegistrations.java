package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.Client;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.Registrations;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;
import org.tidings.site.Transactions;

/** From the form to the open account. */
@ApplicationScoped
class ConfirmingRegistrations implements Registrations {

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    AskingForLinks asking;

    @Inject
    People people;

    @Inject
    StaffRoster roster;

    @Inject
    PendingRegistrations pending;

    @Inject
    SignInTries tries;

    @Inject
    Argon2 argon2;

    @Inject
    CommonPasswords common;

    @Inject
    Transactions transactions;

    @Inject
    SuppressedAddresses suppressed;

    @Inject
    KeepingUsedLinks used;

    @Inject
    Now now;

    @Inject
    Event<AccountOpened> opened;

    @Override
    @Transactional
    public void request(EmailAddress address, Locale language, Set<String> interests, Client client) {
        asking.ask(LinkRequest.Kind.REGISTRATION, address, language, Registration.join(interests), client);
    }

    @Override
    @Transactional
    public PendingRegistration find(String token) {
        return view(existing(token));
    }

    @Override
    @Transactional
    public PendingRegistration prove(String token) {
        Registration registration = existing(token);
        registration.prove(now.get());
        suppressed.mailboxProved(registration.address());
        return view(registration);
    }

    @Override
    @Transactional
    public void accept(String token, AccountId signedIn) {
        Registration registration = existing(token);
        Account holder = people.account(registration.address())
                .filter(account -> account.active() && account.id().equals(signedIn))
                .filter(account -> !registration.invitedTo().isEmpty())
                .orElseThrow(LinkNotValid::new);
        suppressed.mailboxProved(registration.address());
        roster.join(holder, registration);
        pending.delete(registration.address());
        used.remember(token, MailLink.Purpose.DID_JOIN, holder);
    }

    @Override
    public AccountId open(
            String token, String name, String password, ContactWishes wishes, Locale language, Optional<ZoneId> zone) {
        DisplayName displayName = DisplayName.of(name);
        PhoneNumber.of(wishes);
        PlainPassword chosen = PlainPassword.chosen(password);
        EmailAddress address = transactions.call(() -> proved(token).address());
        common.refuse(chosen, address, displayName);
        PasswordHash hash = argon2.hash(chosen);
        return transactions.call(() -> open(token, displayName, hash, wishes, language, zone));
    }

    private AccountId open(
            String token,
            DisplayName name,
            PasswordHash password,
            ContactWishes wishes,
            Locale language,
            Optional<ZoneId> zone) {
        Registration registration = proved(token);
        OffsetDateTime at = now.get();
        Account account = Account.open(Ids.next(), registration.address(), name, language, password, wishes, zone, at);
        em.persist(account);
        try {
            em.flush();
        } catch (PersistenceException e) {
            // The address is unique: another link for it was used a moment ago.
            throw new LinkNotValid();
        }
        if (!registration.invitedTo().isEmpty()) {
            roster.join(account, registration);
        }
        pending.delete(registration.address());
        // Whoever tried passwords before there was one does not keep her out.
        tries.forget(account.address(), account.id());
        used.remember(token, MailLink.Purpose.DID_OPEN, account);
        opened.fire(new AccountOpened(
                account.id(), account.address(), account.name(), language, zone, registration.interests(), at));
        return account.id();
    }

    private Registration proved(String token) {
        Registration registration = existing(token);
        if (!registration.proved() || people.account(registration.address()).isPresent()) {
            throw new LinkNotValid();
        }
        return registration;
    }

    private Registration existing(String token) {
        return em.createQuery("select r from Registration r where r.tokenHash = :hash", Registration.class)
                .setParameter("hash", Token.hash(token))
                .getResultStream()
                .findFirst()
                .filter(registration -> registration.expiresAt().isAfter(now.get()))
                .orElseThrow(LinkNotValid::new);
    }

    private PendingRegistration view(Registration registration) {
        Optional<AccountId> holder = registration.invitedTo().isEmpty()
                ? Optional.empty()
                : people.account(registration.address()).filter(Account::active).map(Account::id);
        return new PendingRegistration(
                registration.address(),
                registration.language(),
                registration.proved(),
                registration.invitedTo(),
                holder);
    }
}
