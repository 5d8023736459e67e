package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountAction;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.SearchWords;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** The privacy officer's view of single records, and the trace it leaves. */
@ApplicationScoped
@Transactional
class ReadingRecords implements AccountRecords {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 254;
    private static final int MOST = 201;
    private static final int PART_CHARS = 120;
    private static final String SUBSCRIPTIONS = "subscriptions";
    private static final Duration SAID_ONCE_IN = Duration.ofHours(1);
    private static final UUID LOWEST = new UUID(0, 0);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    AuditLog audit;

    @Inject
    Now now;

    @Override
    public List<AccountView> search(AccountId officer, String text, Optional<AccountId> after, int limit) {
        String wanted = text.strip();
        SearchWords words = SearchWords.of(wanted);
        if (wanted.length() < SHORTEST || wanted.length() > LONGEST || words.isEmpty()) {
            return List.of();
        }
        List<Object> arguments =
                new ArrayList<>(List.of(after.map(AccountId::value).orElse(LOWEST)));
        var query = em.createNativeQuery(
                "select a.* from accounts.account a where a.id > ? and "
                        + words.condition(List.of("a.canonical", "a.address", "a.name"), arguments) + " order by a.id",
                Account.class);
        for (int i = 0; i < arguments.size(); i++) {
            query.setParameter(i + 1, arguments.get(i));
        }
        List<AccountView> found = new ArrayList<>();
        for (Object account :
                query.setMaxResults(Math.min(Math.max(limit, 1), MOST)).getResultList()) {
            found.add(people.view((Account) account));
        }
        audit.record(officer, AccountAction.SEARCH_ACCOUNTS, "account", officer.value(), found.size() + " found");
        return found;
    }

    @Override
    public AccountView open(AccountId officer, AccountId account, String reason) {
        AccountView view = people.view(people.existing(account));
        note(officer, account, "opened", Reasons.require(reason));
        return view;
    }

    @Override
    public void disclosed(AccountId officer, AccountId account, Disclosure disclosure) {
        people.existing(account);
        String said = String.join(
                "; ",
                Reasons.require(disclosure.recipient(), PART_CHARS),
                Reasons.require(disclosure.ground(), PART_CHARS),
                Reasons.require(disclosure.what(), PART_CHARS));
        if (!disclosure.secret()) {
            em.persist(new RecordReading(Ids.next(), account.value(), now.get(), "disclosed", said));
        }
        audit.record(officer, AccountAction.DISCLOSE_RECORD, "account", account.value(), said);
    }

    @Override
    public void subscriptionsOpened(AccountId account) {
        long lately = em.createQuery(
                        "select count(r) from RecordReading r where r.account = :account and r.what = :what and r.at > :since",
                        Long.class)
                .setParameter("account", account.value())
                .setParameter("what", SUBSCRIPTIONS)
                .setParameter("since", now.get().minus(SAID_ONCE_IN))
                .getSingleResult();
        if (lately == 0) {
            em.persist(new RecordReading(Ids.next(), account.value(), now.get(), SUBSCRIPTIONS, ""));
        }
    }

    void note(AccountId officer, AccountId account, String what, String reason) {
        em.persist(new RecordReading(Ids.next(), account.value(), now.get(), what, reason));
        audit.record(
                officer,
                what.equals("opened") ? AccountAction.OPEN_RECORD : AccountAction.EXPORT_RECORD,
                "account",
                account.value(),
                "");
    }

    @Override
    public List<Reading> readingsOf(AccountId account) {
        return em.createQuery(
                        "select r from RecordReading r where r.account = :account order by r.at desc",
                        RecordReading.class)
                .setParameter("account", account.value())
                .setMaxResults(MOST)
                .getResultStream()
                .map(RecordReading::view)
                .toList();
    }
}
