package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountErased;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AllAccounts;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/**
 * Erases accounts (SEC-63): the ledger line and the receipt first, then everything that names the person, here and, through
 * {@link AccountErased}, in every other module, in one transaction.
 */
@ApplicationScoped
class ErasingAccounts {

    private static final Duration RECEIPT_VALID = Duration.ofDays(3);
    private static final int BATCH = 100;

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    PendingRegistrations pending;

    @Inject
    Mails mails;

    @Inject
    Outbox outbox;

    @Inject
    KeyedHashes hashes;

    @Inject
    SuppressedAddresses suppressed;

    @Inject
    Now now;

    @Inject
    Event<AccountErased> erased;

    @Transactional
    void erase(AccountId id, Erasure.Ground ground) {
        Account account = people.existing(id);
        people.requireAnotherAdministrator(id.value());
        erase(account, ground, now.get());
    }

    /** On a request of then, whose time has come. */
    @Transactional
    void eraseAsAsked(AccountId id, OffsetDateTime askedAt) {
        erase(people.existing(id), Erasure.Ground.ON_REQUEST, askedAt);
    }

    /** Accounts whose window is over, at most a hundred. */
    @Transactional
    List<AccountId> due() {
        return em.createQuery(
                        "select a from Account a where a.state = :deactivated and a.eraseOn <= :now order by a.eraseOn",
                        Account.class)
                .setParameter("deactivated", AccountState.DEACTIVATED)
                .setParameter("now", now.get())
                .setMaxResults(BATCH)
                .getResultStream()
                .map(Account::id)
                .toList();
    }

    /** Does nothing if the holder came back, or another node was faster. */
    @Transactional
    void eraseIfDue(AccountId id) {
        OffsetDateTime at = now.get();
        people.account(id)
                .filter(account ->
                        account.erasable().filter(due -> !due.isAfter(at)).isPresent())
                .ifPresent(account -> erase(
                        account, Erasure.Ground.WINDOW_OVER, account.erasable().orElse(at)));
    }

    private void erase(Account account, Erasure.Ground ground, OffsetDateTime requestedAt) {
        EmailAddress address = account.address();
        OffsetDateTime at = now.get();
        em.persist(new Erasure(new Erasure.Line(
                Ids.next(), hashes.ofErased(address), hashes.ofErased(account.id()), ground, requestedAt, at)));
        mails.toHolder(
                MailKind.LAST_RECEIPT,
                "account-erased",
                account,
                address,
                Optional.empty(),
                at.plus(RECEIPT_VALID),
                Map.of());
        destroy(account);
    }

    /** Everything that names the person; neither the ledger line nor the receipt. */
    void destroy(Account account) {
        UUID id = account.key();
        EmailAddress address = account.address();
        outbox.forget(AllAccounts.REALM, id);
        erased.fire(new AccountErased(account.id(), address, now.get()));
        for (String entity :
                List.of("Session", "KnownBrowser", "ApiToken", "MailLink", "RecordReading", "StaffMember")) {
            em.createQuery("delete from " + entity + " x where x.account = :account")
                    .setParameter("account", id)
                    .executeUpdate();
        }
        endRequests(id);
        pending.delete(address);
        suppressed.forget(address);
        em.createQuery("delete from MailLink l where l.canonical = :canonical")
                .setParameter("canonical", address.canonical())
                .executeUpdate();
        em.createQuery("delete from LinkRequest r where r.canonical = :canonical")
                .setParameter("canonical", address.canonical())
                .executeUpdate();
        em.createNativeQuery("delete from accounts.limit_count where name like ?1 or name like ?2 or name in (?3, ?4)")
                .setParameter(1, "% " + hashes.ofLimited(address).replace("_", "\\_"))
                .setParameter(2, "mail%" + hashes.ofMailbox(address).replace("_", "\\_") + "%")
                .setParameter(3, "address " + id)
                .setParameter(4, "tries mailbox " + id)
                .executeUpdate();
        em.remove(account);
        em.flush();
    }

    /** That they were is known for a while; the reasons go. */
    private void endRequests(UUID account) {
        em.createQuery("update AskedErasure e set e.reason = '', e.version = e.version + 1 where e.account = :account")
                .setParameter("account", account)
                .executeUpdate();
        em.createNativeQuery("update accounts.erasure_request set open_for = null, ended_at = ?1"
                        + " where open_for = cast(?2 as uuid)")
                .setParameter(1, now.get())
                .setParameter(2, account.toString())
                .executeUpdate();
    }
}
