package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.AddressUnchanged;
import org.tidings.accounts.Client;
import org.tidings.accounts.LinkNotValid;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** The way of an account from one address to another, and back (SEC-61). */
@ApplicationScoped
@Transactional
class ChangingAddresses implements AddressChanges {

    private static final int PER_ACCOUNT = 5;
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    Links links;

    @Inject
    Mails mails;

    @Inject
    AnsweringRequests answering;

    @Inject
    OpenSessions sessions;

    @Inject
    KnownBrowsers browsers;

    @Inject
    KeepingTokens tokens;

    @Inject
    Limits limits;

    @Inject
    SuppressedAddresses suppressed;

    @Inject
    KeepingUsedLinks used;

    @Inject
    Now now;

    @Inject
    Event<AccountChanged> changed;

    @Override
    public void request(AccountId id, EmailAddress wanted, Client client) {
        Account account = people.active(id);
        boolean same = account.address().canonical().equals(wanted.canonical());
        if (same && !cameBack(wanted)) {
            throw new AddressUnchanged();
        }
        limits.takeOfAll(new Limits.Limit("address " + id.value(), PER_ACCOUNT, DAY))
                .ifPresent(free -> {
                    throw AskingForLinks.tooOften(now.get(), free);
                });
        Token token = Token.random();
        // Of an address that is taken nobody gets the link; that it waits looks the same.
        MailLink link = links.add(token, MailLink.Purpose.ADDRESS_CHANGE, account, wanted);
        Optional<Account> other = people.account(wanted).filter(a -> !a.key().equals(account.key()));
        if (other.isPresent()) {
            other.filter(Account::active).ifPresent(answering::tellHolder);
            return;
        }
        mails.toHolder(
                MailKind.MAILBOX_PROOF,
                "address-change",
                account,
                wanted,
                Optional.of("/address/" + token.value()),
                link.expiresAt(),
                Map.of());
    }

    private boolean cameBack(EmailAddress address) {
        return suppressed.about(suppressed.hashOf(address)).stream()
                .anyMatch(one -> one.reason() == SuppressedAddresses.Reason.HARD_BOUNCED);
    }

    @Override
    public List<Waiting> waiting(AccountId account) {
        Map<String, Waiting> waiting = new LinkedHashMap<>();
        links.of(account.value(), MailLink.Purpose.ADDRESS_CHANGE)
                .forEach(link ->
                        waiting.putIfAbsent(link.address().canonical(), new Waiting(link.address(), link.expiresAt())));
        return List.copyOf(waiting.values());
    }

    @Override
    public boolean withdraw(AccountId account) {
        return links.killAll(account.value(), MailLink.Purpose.ADDRESS_CHANGE) > 0;
    }

    @Override
    public EmailAddress find(String token) {
        return links.find(token, MailLink.Purpose.ADDRESS_CHANGE).address();
    }

    @Override
    public void confirm(String token, Client client) {
        MailLink link = links.use(token, MailLink.Purpose.ADDRESS_CHANGE);
        Account account = people.account(link.account()).filter(Account::active).orElseThrow(LinkNotValid::new);
        suppressed.mailboxProved(link.address());
        used.remember(token, MailLink.Purpose.DID_CHANGE, account);
        EmailAddress former = account.address();
        if (former.canonical().equals(link.address().canonical())) {
            // Asked for to show that the mailbox works again: nothing changes.
            return;
        }
        move(account, link.address());
        // Links that went to the old mailbox prove nothing about the new one; undo links stay.
        links.killAll(account.key(), MailLink.Purpose.PASSWORD_RESET);
        Token undo = Token.random();
        MailLink undoLink = links.add(undo, MailLink.Purpose.ADDRESS_UNDO, account, former);
        // A receipt: it goes out though whoever changed the address closes the account a moment later.
        mails.toHolder(
                MailKind.ACCOUNT_RECEIPT,
                "address-changed",
                account,
                former,
                Optional.of("/address/undo/" + undo.value()),
                undoLink.expiresAt(),
                mails.withBrowser(account, client, Map.of()));
    }

    @Override
    public EmailAddress findUndo(String token) {
        return links.find(token, MailLink.Purpose.ADDRESS_UNDO).address();
    }

    @Override
    public void undo(String token) {
        MailLink link = links.use(token, MailLink.Purpose.ADDRESS_UNDO);
        Account account = people.account(link.account()).orElseThrow(LinkNotValid::new);
        suppressed.mailboxProved(link.address());
        move(account, link.address());
        account.choose(PasswordHash.NONE, now.get());
        links.killAll(account.key());
        used.remember(token, MailLink.Purpose.DID_RESTORE, account);
        sessions.revokeAll(account.id());
        browsers.forgetAll(account.key());
        tokens.revokeAll(account.id());
        answering.sendReset(account);
    }

    private void move(Account account, EmailAddress to) {
        EmailAddress former = account.address();
        account.move(to);
        try {
            em.flush();
        } catch (PersistenceException e) {
            // The address is unique: somebody opened an account with it meanwhile.
            throw new LinkNotValid();
        }
        changed.fire(new AccountChanged(
                account.id(),
                account.address(),
                former,
                account.name(),
                account.language(),
                account.zone(),
                now.get()));
    }
}
