package org.tidings.mail.internal.standing;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.site.OutsideLedger;
import org.tidings.site.Transactions;

/**
 * Keeps complaints and dead addresses known, and that they were lifted, whichever backup is put back: both are copied to {@code
 * suppressions.txt} in the data folder within seconds, by keyed hash. A database that lacks some of them is told before any mail goes out;
 * what was recorded last holds. What the report said is not kept outside.
 */
public final class SuppressionLedger implements OutsideLedger.Facts<SuppressionLedger.Fact> {

    static final String FILE = "suppressions.txt";

    private static final Logger LOG = Logger.getLogger(SuppressionLedger.class.getName());
    private static final int FIELDS = 4;
    private static final String STANDS = "stands";
    private static final String LIFTED = "lifted";

    private final Sql sql;
    private final Transactions transactions;
    private final Suppressions suppressions;
    private final RestoredDatabase database;
    private final OutsideLedger<Fact> ledger;

    /** That a reason stands against an address, or no longer does. */
    record Fact(UUID id, OffsetDateTime at, UUID addressHash, Suppression reason, boolean lifted) {
        static Fact read(ResultSet row) throws SQLException {
            return new Fact(
                    Sql.id(row, "id"),
                    Sql.time(row, "at"),
                    Sql.id(row, "address_hash"),
                    Suppression.of(row.getInt("reason")),
                    row.getBoolean("lifted"));
        }

        private Matter matter() {
            return new Matter(addressHash, reason);
        }
    }

    private record Matter(UUID addressHash, Suppression reason) {}

    public SuppressionLedger(
            Sql sql, Transactions transactions, Suppressions suppressions, RestoredDatabase database, Path dataFolder) {
        this.sql = sql;
        this.transactions = transactions;
        this.suppressions = suppressions;
        this.database = database;
        this.ledger = new OutsideLedger<>(dataFolder.resolve(FILE), "ledger of suppressed addresses", this);
    }

    /** The first call since the start, and each after another database was put back, repeats what that lacks; every one copies. */
    public void repeatAndCopy() {
        long repeated = ledger.repeatAndCopy(database.generation());
        if (repeated > 0) {
            LOG.warning(() -> "The database is older than " + FILE
                    + ": what it lacks about suppressed addresses was repeated: " + repeated);
        }
    }

    /** Before the process ends. */
    public void copyForTheLastTime() {
        ledger.copyForTheLastTime();
    }

    @Override
    public UUID id(Fact fact) {
        return fact.id();
    }

    @Override
    public String written(Fact fact) {
        return String.join(
                " ",
                fact.addressHash().toString(),
                fact.reason().name(),
                fact.lifted() ? LIFTED : STANDS,
                fact.at().toString());
    }

    @Override
    public Optional<Fact> read(UUID id, String written) {
        String[] fields = written.split(" ", -1);
        if (fields.length != FIELDS || !List.of(LIFTED, STANDS).contains(fields[2])) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Fact(
                    id,
                    OffsetDateTime.parse(fields[3]),
                    UUID.fromString(fields[0]),
                    Suppression.valueOf(fields[1]),
                    fields[2].equals(LIFTED)));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<UUID> known(Set<UUID> ids) {
        return new HashSet<>(
                sql.list("select id from mail.suppression_facts where id = any (?)", row -> Sql.id(row, "id"), ids));
    }

    @Override
    public List<Fact> after(UUID id, int limit) {
        return sql.list("select * from mail.suppression_facts where id > ? order by id limit ?", Fact::read, id, limit);
    }

    @Override
    public void repeat(List<Fact> lacking) {
        Map<Matter, Fact> last = new HashMap<>();
        // They come in the order in which they were recorded.
        lacking.forEach(fact -> last.put(fact.matter(), fact));
        transactions.run(() -> {
            for (Fact fact : last.values()) {
                if (isLaterKnown(fact)) {
                    continue;
                }
                if (fact.lifted()) {
                    suppressions.remove(fact.addressHash(), fact.reason());
                } else {
                    suppressions.put(fact.addressHash(), fact.reason(), fact.at(), "");
                }
            }
            for (Fact fact : lacking) {
                sql.update(
                        "insert into mail.suppression_facts (id, at, address_hash, reason, lifted) values (?, ?, ?, ?, ?)"
                                + " on conflict do nothing",
                        fact.id(),
                        fact.at(),
                        fact.addressHash(),
                        fact.reason().code(),
                        fact.lifted());
            }
        });
    }

    private boolean isLaterKnown(Fact fact) {
        return sql.number(
                        "select count(*) from mail.suppression_facts where address_hash = ? and reason = ? and id > ?",
                        fact.addressHash(),
                        fact.reason().code(),
                        fact.id())
                > 0;
    }
}
