package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.LastAdministratorMustStay;
import org.tidings.mail.RestoredDatabase;
import org.tidings.site.OutsideLedger;
import org.tidings.site.Transactions;

/**
 * Keeps an account closed whose holder closed it, and open whose holder came back, whichever backup is put back: both are copied to {@code
 * deactivations.txt} in the data folder within seconds. A database that lacks some of them is told before any mail goes out; what was said
 * last holds, and no second receipt is sent.
 */
@ApplicationScoped
class ClosingLedger implements OutsideLedger.Facts<ClosingFact.Line> {

    static final String FILE = "deactivations.txt";

    private static final Logger LOG = Logger.getLogger(ClosingLedger.class.getName());
    private static final int FIELDS = 3;
    private static final String CLOSED = "closed";
    private static final String REOPENED = "reopened";
    private static final int PAGE = 5_000;

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Transactions transactions;

    @Inject
    People people;

    @Inject
    ClosingAccounts closing;

    @Inject
    KeyedHashes hashes;

    @Inject
    RestoredDatabase database;

    @Inject
    @ConfigProperty(name = "tidings.data.dir", defaultValue = "./data")
    String dataFolder;

    private @Nullable OutsideLedger<ClosingFact.Line> ledger;

    /** The first call since the start, and each after another database was put back, repeats what that lacks; every one copies. */
    synchronized void repeatAndCopy() {
        OutsideLedger<ClosingFact.Line> outside = ledger;
        if (outside == null) {
            outside = new OutsideLedger<>(Path.of(dataFolder, FILE), "ledger of deactivations", this);
            ledger = outside;
        }
        long repeated = outside.repeatAndCopy(database.generation());
        if (repeated > 0) {
            LOG.warning(() -> "The database is older than " + FILE
                    + ": deactivations and reactivations that it lacks were repeated: " + repeated);
        }
    }

    /** Before the process ends. */
    synchronized void copyForTheLastTime() {
        OutsideLedger<ClosingFact.Line> outside = ledger;
        if (outside != null) {
            outside.copyForTheLastTime();
        }
    }

    @Override
    public UUID id(ClosingFact.Line line) {
        return line.id();
    }

    @Override
    public String written(ClosingFact.Line line) {
        return String.join(
                " ",
                line.accountHash(),
                line.closed() ? CLOSED : REOPENED,
                line.at().toString());
    }

    @Override
    public Optional<ClosingFact.Line> read(UUID id, String written) {
        String[] fields = written.split(" ", -1);
        if (fields.length != FIELDS || !List.of(CLOSED, REOPENED).contains(fields[1])) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ClosingFact.Line(id, fields[0], fields[1].equals(CLOSED), OffsetDateTime.parse(fields[2])));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<UUID> known(Set<UUID> ids) {
        return new HashSet<>(
                transactions.call(() -> em.createQuery("select f.id from ClosingFact f where f.id in :ids", UUID.class)
                        .setParameter("ids", ids)
                        .getResultList()));
    }

    @Override
    public List<ClosingFact.Line> after(UUID id, int limit) {
        return transactions.call(
                () -> em.createQuery("select f from ClosingFact f where f.id > :id order by f.id", ClosingFact.class)
                        .setParameter("id", id)
                        .setMaxResults(limit)
                        .getResultStream()
                        .map(ClosingFact::line)
                        .toList());
    }

    @Override
    public void repeat(List<ClosingFact.Line> lacking) {
        Map<String, ClosingFact.Line> last = new HashMap<>();
        lacking.forEach(line ->
                last.merge(line.accountHash(), line, (one, other) -> one.at().isAfter(other.at()) ? one : other));
        Map<String, AccountId> accounts = accountsOf(last.keySet());
        transactions.run(() -> {
            last.forEach((hash, line) -> {
                AccountId account = accounts.get(hash);
                if (account != null && !isLaterKnown(line)) {
                    repeat(account, line);
                }
            });
            lacking.stream().map(ClosingFact::new).forEach(em::merge);
        });
    }

    private void repeat(AccountId id, ClosingFact.Line line) {
        people.account(id).ifPresent(account -> {
            if (account.active() != line.closed()) {
                return;
            }
            try {
                if (line.closed()) {
                    closing.close(account, line.at());
                } else {
                    closing.reopen(account, line.at());
                }
            } catch (LastAdministratorMustStay e) {
                LOG.warning("An account whose holder had deactivated it stays: it is that of the only administrator.");
            } catch (AccountNotFound e) {
                LOG.fine("came back after the time to come back was over");
            }
        });
    }

    private boolean isLaterKnown(ClosingFact.Line line) {
        return em.createQuery(
                                "select count(f) from ClosingFact f where f.accountHash = :hash and f.at > :at",
                                Long.class)
                        .setParameter("hash", line.accountHash())
                        .setParameter("at", line.at())
                        .getSingleResult()
                > 0;
    }

    /** In the order of their keys, so that memory does not grow with their number. */
    private Map<String, AccountId> accountsOf(Collection<String> wanted) {
        Map<String, AccountId> found = new HashMap<>();
        UUID after = new UUID(0, 0);
        List<UUID> page;
        do {
            UUID from = after;
            page = transactions.call(
                    () -> em.createQuery("select a.id from Account a where a.id > :from order by a.id", UUID.class)
                            .setParameter("from", from)
                            .setMaxResults(PAGE)
                            .getResultList());
            for (UUID key : page) {
                AccountId account = new AccountId(key);
                String hash = hashes.ofClosed(account);
                if (wanted.contains(hash)) {
                    found.put(hash, account);
                }
                after = key;
            }
        } while (page.size() == PAGE && found.size() < wanted.size());
        return found;
    }
}
