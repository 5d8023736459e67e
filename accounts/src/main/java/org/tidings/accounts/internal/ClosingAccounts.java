package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.AccountReactivated;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.Client;
import org.tidings.accounts.Closing;
import org.tidings.accounts.LinkNotValid;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.site.Ids;
import org.tidings.site.Languages;
import org.tidings.site.Now;
import org.tidings.site.Transactional;
import org.tidings.site.Transactions;

/** Deactivation and reactivation by the holder; erasure as {@link ErasingAccounts} does it. */
@ApplicationScoped
class ClosingAccounts implements Closing {

    private static final Duration RECEIPT_VALID = Duration.ofDays(3);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    KeyedHashes hashes;

    @Inject
    AskingForLinks asking;

    @Inject
    ProvingPasswords proving;

    @Inject
    ErasingAccounts erasing;

    @Inject
    Links links;

    @Inject
    OpenSessions sessions;

    @Inject
    StaffRoster roster;

    @Inject
    Mails mails;

    @Inject
    Outbox outbox;

    @Inject
    Transactions transactions;

    @Inject
    SuppressedAddresses suppressed;

    @Inject
    KeepingUsedLinks used;

    @Inject
    Now now;

    @Inject
    @ConfigProperty(name = AccountsPersistence.REACTIVATION_DAYS, defaultValue = "30")
    String reactivationDays;

    @Inject
    Event<AccountDeactivated> deactivated;

    @Inject
    Event<AccountReactivated> reactivated;

    @Override
    @Transactional
    public OffsetDateTime deactivate(AccountId id) {
        return deactivate(id, new Client("", ""));
    }

    @Override
    @Transactional
    public OffsetDateTime deactivate(AccountId id, Client client) {
        Account account = people.active(id);
        OffsetDateTime at = now.get();
        close(account, at);
        em.persist(new ClosingFact(new ClosingFact.Line(Ids.next(), hashes.ofClosed(id), true, at)));
        OffsetDateTime eraseOn = account.erasable().orElseThrow();
        mails.toHolder(
                MailKind.ACCOUNT_RECEIPT,
                "account-deactivated",
                account,
                account.address(),
                Optional.of("/reactivate"),
                at.plus(RECEIPT_VALID),
                mails.withBrowser(account, client, Map.of("date", date(eraseOn, account.language()))));
        return eraseOn;
    }

    /** Without a receipt and without a line in the ledger. */
    void close(Account account, OffsetDateTime at) {
        AccountId id = account.id();
        people.requireAnotherAdministrator(id.value());
        account.deactivate(at, Duration.ofDays(Integer.parseInt(reactivationDays.strip())));
        sessions.revokeAll(id);
        // Whoever took the account over cannot make its theft good by closing it.
        links.killAllBut(MailLink.Purpose.ADDRESS_UNDO, id.value());
        roster.remove(id.value());
        outbox.withdraw(AllAccounts.REALM, id.value());
        deactivated.fire(new AccountDeactivated(id, account.address(), at));
    }

    /** The same for one that is open again. That her mailbox was proved then is repeated with the suppressions. */
    void reopen(Account account, OffsetDateTime at) {
        account.reactivate(at);
        reactivated.fire(new AccountReactivated(account.id(), account.address(), at));
    }

    /** English dates are written the way that cannot be misread. */
    private static String date(OffsetDateTime time, Locale language) {
        Locale written = Languages.ofDates(language);
        return time.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(written));
    }

    @Override
    @Transactional
    public void requestReactivation(EmailAddress address, Locale language, Client client) {
        asking.ask(LinkRequest.Kind.REACTIVATION, address, language, "", client);
    }

    @Override
    @Transactional
    public EmailAddress checkReactivation(String token) {
        return links.find(token, MailLink.Purpose.REACTIVATION).address();
    }

    @Override
    public void reactivate(String token, String password, Client client) {
        MailLink mailed = transactions.call(() -> links.find(token, MailLink.Purpose.REACTIVATION));
        EmailAddress address = mailed.address();
        proving.proveWithMailbox(mailed.account(), password);
        transactions.run(() -> {
            MailLink link = links.use(token, MailLink.Purpose.REACTIVATION);
            Account account = people.account(link.account())
                    .filter(a -> a.address().canonical().equals(address.canonical()))
                    .orElseThrow(LinkNotValid::new);
            OffsetDateTime at = now.get();
            try {
                reopen(account, at);
            } catch (AccountNotFound e) {
                throw new LinkNotValid();
            }
            suppressed.mailboxProved(account.address());
            used.remember(token, MailLink.Purpose.DID_REACTIVATE, account);
            em.persist(new ClosingFact(new ClosingFact.Line(Ids.next(), hashes.ofClosed(account.id()), false, at)));
            mails.toHolder(
                    MailKind.ACCOUNT_NOTICE,
                    "account-reactivated",
                    account,
                    account.address(),
                    Optional.of("/sign-in"),
                    at.plus(RECEIPT_VALID),
                    mails.withBrowser(account, client, Map.of()));
        });
    }

    @Override
    @Transactional
    public void erase(AccountId account) {
        erasing.erase(account, Erasure.Ground.HOLDER);
    }
}
