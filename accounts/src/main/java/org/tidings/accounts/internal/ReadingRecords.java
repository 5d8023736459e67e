package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.AuditLog;
import org.tidings.site.Transactional;

/** The privacy officer's view of single records, and the trace it leaves. */
@ApplicationScoped
@Transactional
class ReadingRecords implements AccountRecords {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 254;
    private static final int MOST = 201;
    private static final int PART_CHARS = 120;
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
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.length() < SHORTEST || wanted.length() > LONGEST) {
            return List.of();
        }
        List<AccountView> found = em.createQuery(
                        "select a from Account a where a.id > :after and"
                                + " (a.canonical like :text escape '!' or lower(a.name) like :text escape '!')"
                                + " order by a.id",
                        Account.class)
                .setParameter("after", after.map(AccountId::value).orElse(LOWEST))
                .setParameter(
                        "text",
                        "%" + wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%")
                .setMaxResults(Math.min(Math.max(limit, 1), MOST))
                .getResultStream()
                .map(people::view)
                .toList();
        audit.record(officer, "search-accounts", "account", officer.value(), found.size() + " found");
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
        audit.record(officer, "disclose-record", "account", account.value(), said);
    }

    void note(AccountId officer, AccountId account, String what, String reason) {
        em.persist(new RecordReading(Ids.next(), account.value(), now.get(), what, reason));
        audit.record(officer, what.equals("opened") ? "open-record" : "export-record", "account", account.value(), "");
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
