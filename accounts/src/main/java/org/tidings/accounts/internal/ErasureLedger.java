package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Erasures;
import org.tidings.accounts.ErasuresRepeated;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.RestoredDatabase;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;
import org.tidings.site.Transactions;

/**
 * Keeps who was erased erased (SEC-63). Every line of the ledger is copied to {@code erasures.txt} in the data folder within seconds of
 * its commit. When the database lacks lines that are there, an older backup of it was restored: those people are erased again, before
 * any mail goes out. Who came back by herself after the erasure is on record since later, and stays.
 */
@ApplicationScoped
class ErasureLedger implements Erasures {

    static final String FILE = "erasures.txt";

    private static final Logger LOG = Logger.getLogger(ErasureLedger.class.getName());
    private static final OffsetDateTime BEGINNING = OffsetDateTime.parse("1970-01-01T00:00:00Z");
    private static final int CHUNK = 500;
    /** Transactions end in another order than their times say; none takes as long as this. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Transactions transactions;

    @Inject
    ErasingAccounts erasing;

    @Inject
    PendingRegistrations pending;

    @Inject
    KeyedHashes hashes;

    @Inject
    Event<ErasuresRepeated> repeated;

    @Inject
    Now now;

    @Inject
    RestoredDatabase database;

    @Inject
    @ConfigProperty(name = "tidings.data.dir", defaultValue = "./data")
    String dataFolder;

    /** Lines of the last hour that the file has; null until the file was compared as a whole. */
    private @Nullable Set<UUID> recent;

    private @Nullable OffsetDateTime copiedAt;
    /** Generation of the data that the file was compared with. */
    private int comparedWith;

    @Override
    @Transactional
    public void visitorErased(EmailAddress address) {
        OffsetDateTime at = now.get();
        em.persist(new Erasure(
                new Erasure.Line(Ids.next(), hashes.ofErased(address), "", Erasure.Ground.VISITOR, at, at)));
    }

    /**
     * The first call since the start, and each after another database was put back, repeats what that lacks; every one copies what the file
     * lacks.
     */
    synchronized void repeatAndCopy() {
        ErasureFile file = new ErasureFile(Path.of(dataFolder, FILE));
        int generation = database.generation();
        Set<UUID> known = generation == comparedWith ? recent : null;
        OffsetDateTime at = now.get();
        if (known == null) {
            List<Erasure.Line> kept = file.lines();
            repeat(lacking(kept));
            known = new HashSet<>();
            for (Erasure.Line line : kept) {
                known.add(line.id());
            }
        }
        recent = copy(file, known, at);
        copiedAt = at;
        comparedWith = generation;
    }

    /** Before the process ends. */
    synchronized void copyForTheLastTime() {
        if (recent != null) {
            repeatAndCopy();
        }
    }

    /** A restored database lacks the newest lines, so the search ends where it has them all. */
    private List<Erasure.Line> lacking(List<Erasure.Line> kept) {
        List<Erasure.Line> lacking = new ArrayList<>();
        for (int to = kept.size(); to > 0; to -= CHUNK) {
            List<Erasure.Line> chunk = kept.subList(Math.max(0, to - CHUNK), to);
            List<UUID> ids = chunk.stream().map(Erasure.Line::id).toList();
            Set<UUID> there = new HashSet<>(
                    transactions.call(() -> em.createQuery("select e.id from Erasure e where e.id in :ids", UUID.class)
                            .setParameter("ids", ids)
                            .getResultList()));
            int before = lacking.size();
            chunk.stream().filter(line -> !there.contains(line.id())).forEach(lacking::add);
            if (lacking.size() == before) {
                break;
            }
        }
        return lacking;
    }

    private void repeat(List<Erasure.Line> lacking) {
        if (lacking.isEmpty()) {
            return;
        }
        LOG.warning("The database is older than " + FILE
                + ": a backup was restored. Erasures that it lacks are repeated: " + lacking.size());
        Map<String, OffsetDateTime> erasedAt = new HashMap<>();
        for (Erasure.Line line : lacking) {
            erasedAt.merge(line.addressHash(), line.completedAt(), ErasureLedger::later);
            if (!line.accountHash().isEmpty()) {
                erasedAt.merge(line.accountHash(), line.completedAt(), ErasureLedger::later);
            }
        }
        eraseAccounts(erasedAt);
        BiPredicate<EmailAddress, OffsetDateTime> erased =
                (address, since) -> isLater(erasedAt.get(hashes.ofErased(address)), since);
        transactions.run(() -> {
            pending.deleteErased(erased);
            repeated.fire(new ErasuresRepeated(erased));
            // Last: until the lines are here too, a crash repeats the whole.
            lacking.stream().map(Erasure::new).forEach(em::merge);
        });
    }

    /** In the order of their keys, so that memory does not grow with their number. */
    private void eraseAccounts(Map<String, OffsetDateTime> erasedAt) {
        Optional<UUID> after = Optional.of(new UUID(0, 0));
        while (after.isPresent()) {
            UUID from = after.get();
            after = transactions.call(() -> {
                List<Account> some = em.createQuery(
                                "select a from Account a where a.id > :from order by a.id", Account.class)
                        .setParameter("from", from)
                        .setMaxResults(CHUNK)
                        .getResultList();
                Optional<UUID> last = some.isEmpty()
                        ? Optional.empty()
                        : Optional.of(some.get(some.size() - 1).key());
                some.stream()
                        .filter(account -> isLater(erasedAt.get(hashes.ofErased(account.id())), account.openedAt())
                                || isLater(erasedAt.get(hashes.ofErased(account.address())), account.openedAt()))
                        .forEach(erasing::destroy);
                return last;
            });
        }
    }

    /** @return the lines of the last hour, all of which the file has now */
    private Set<UUID> copy(ErasureFile file, Set<UUID> known, OffsetDateTime at) {
        OffsetDateTime since = copiedAt == null ? BEGINNING : copiedAt.minus(OVERLAP);
        List<Object[]> candidates = transactions.call(() -> em.createQuery(
                        "select e.id, e.completedAt from Erasure e where e.completedAt >= :since order by e.completedAt",
                        Object[].class)
                .setParameter("since", since)
                .getResultList());
        List<UUID> missing = candidates.stream()
                .map(candidate -> (UUID) candidate[0])
                .filter(id -> !known.contains(id))
                .toList();
        for (int from = 0; from < missing.size(); from += CHUNK) {
            file.append(lines(missing.subList(from, Math.min(missing.size(), from + CHUNK))));
        }
        Set<UUID> lastHour = new HashSet<>();
        for (Object[] candidate : candidates) {
            if (((OffsetDateTime) candidate[1]).isAfter(at.minus(OVERLAP))) {
                lastHour.add((UUID) candidate[0]);
            }
        }
        return lastHour;
    }

    private List<Erasure.Line> lines(List<UUID> ids) {
        return transactions.call(
                () -> em.createQuery("select e from Erasure e where e.id in :ids order by e.completedAt", Erasure.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .map(Erasure::line)
                        .toList());
    }

    private static OffsetDateTime later(OffsetDateTime one, OffsetDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    private static boolean isLater(@Nullable OffsetDateTime erased, OffsetDateTime since) {
        return erased != null && erased.isAfter(since);
    }
}
