package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.mail.RestoredDatabase;
import org.tidings.newsletter.Means;
import org.tidings.site.OutsideLedger;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * Keeps who left a newsletter away from it, whatever way she left and whichever backup is put back: every withdrawn consent is copied to
 * {@code optouts.txt} in the data folder within seconds. A database that lacks some of them is told, before any mail goes out: the
 * subscription ends as of then, with the withdrawal on record. Who agreed again herself since then stays.
 *
 * <p>A line names nobody: random ids, and the keyed hash of the address, which finds her also where an import has brought her back under
 * another id.
 */
@ApplicationScoped
class OptOutLedger implements OutsideLedger.Facts<OptOutLedger.OptOut> {

    static final String FILE = "optouts.txt";

    private static final Logger LOG = Logger.getLogger(OptOutLedger.class.getName());
    private static final int FIELDS = 4;
    private static final String NONE = "-";
    private static final int HASHES_AT_ONCE = 10_000;

    private final SubscriptionBook book;
    private final Sql sql;
    private final Transactions transactions;
    private final RestoredDatabase database;
    private final OutsideLedger<OptOut> ledger;
    private boolean hashesFilled;

    @SuppressWarnings("NullAway") // for the container's proxy
    OptOutLedger() {
        this(null, null, null, null, ".");
    }

    @Inject
    OptOutLedger(
            SubscriptionBook book,
            DataSource dataSource,
            Transactions transactions,
            RestoredDatabase database,
            @ConfigProperty(name = "tidings.data.dir", defaultValue = "./data") String dataFolder) {
        this.book = book;
        this.sql = new Sql(dataSource);
        this.transactions = transactions;
        this.database = database;
        this.ledger = new OutsideLedger<>(Path.of(dataFolder, FILE), "ledger of opt-outs", this);
    }

    /**
     * A withdrawn consent.
     *
     * @param id of its record
     * @param addressHash as the mail module knows it; empty once she was erased
     */
    record OptOut(UUID id, UUID subscriber, Optional<UUID> addressHash, UUID newsletter, OffsetDateTime at) {
        static OptOut read(ResultSet row) throws SQLException {
            return new OptOut(
                    row.getObject("id", UUID.class),
                    row.getObject("subscriber", UUID.class),
                    Optional.ofNullable(row.getObject("address_hash", UUID.class)),
                    row.getObject("newsletter", UUID.class),
                    row.getObject("at", OffsetDateTime.class));
        }
    }

    /** The first call since the start, and each after another database was put back, repeats what that lacks; every one copies. */
    void repeatAndCopy() {
        long repeated = ledger.repeatAndCopy(database.generation());
        if (repeated > 0) {
            LOG.warning(
                    () -> "The database is older than " + FILE + ": opt-outs that it lacks were repeated: " + repeated);
        }
    }

    /** Before the process ends. */
    void copyForTheLastTime() {
        ledger.copyForTheLastTime();
    }

    @Override
    public UUID id(OptOut optOut) {
        return optOut.id();
    }

    @Override
    public String written(OptOut optOut) {
        return String.join(
                " ",
                optOut.subscriber().toString(),
                optOut.addressHash().map(UUID::toString).orElse(NONE),
                optOut.newsletter().toString(),
                optOut.at().toString());
    }

    @Override
    public Optional<OptOut> read(UUID id, String written) {
        String[] fields = written.split(" ", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OptOut(
                    id,
                    UUID.fromString(fields[0]),
                    fields[1].equals(NONE) ? Optional.empty() : Optional.of(UUID.fromString(fields[1])),
                    UUID.fromString(fields[2]),
                    OffsetDateTime.parse(fields[3])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<UUID> known(Set<UUID> ids) {
        return new HashSet<>(sql.list(
                "select c.id from unnest(cast(? as uuid array)) as u(id) join newsletter.consent c on c.id = u.id",
                row -> row.getObject(1, UUID.class),
                Sql.uuids(ids)));
    }

    @Override
    public List<OptOut> after(UUID id, int limit) {
        // Deactivations and erasures are the other ledgers' to repeat: they know who came back, and what was struck
        // after an abuse.
        return sql.list(
                "select c.id, c.subscriber, s.address_hash, c.newsletter, c.at from newsletter.consent c"
                        + " left join newsletter.subscriber s on s.id = c.subscriber"
                        + " where c.act = 'WITHDRAWN' and c.means not in ('DEACTIVATION', 'ERASURE') and c.id > ? order by c.id limit ?",
                OptOut::read,
                id,
                limit);
    }

    @Override
    public void repeat(List<OptOut> lacking) {
        fillHashes();
        transactions.run(() -> {
            Map<UUID, UUID> people = peopleOf(lacking);
            Map<Place, Standing> standings = standings(people.values());
            List<OptOut> unknown = new ArrayList<>();
            for (OptOut optOut : lacking) {
                UUID person = people.get(optOut.id());
                Standing standing = person == null ? null : standings.get(new Place(person, optOut.newsletter()));
                if (standing == null) {
                    unknown.add(optOut);
                } else if (standing.endedBy(optOut)) {
                    sql.update(
                            "update newsletter.subscription set state = 'UNSUBSCRIBED', since = ?, ended_at = ?, reason = ?"
                                    + " where id = ? and state <> 'UNSUBSCRIBED'",
                            optOut.at(),
                            optOut.at(),
                            Means.REPEATED.name(),
                            standing.subscription());
                }
            }
            unknown.forEach(this::keepOut);
            record(lacking, people);
        });
    }

    /** Rows from before there were hashes are found by them too; once a process. */
    private void fillHashes() {
        while (!hashesFilled) {
            hashesFilled = transactions.call(() -> book.fillAddressHashes(HASHES_AT_ONCE)) < HASHES_AT_ONCE;
        }
    }

    private record Place(UUID subscriber, UUID newsletter) {}

    /** A subscription, and when she last agreed to it by herself. */
    private record Standing(UUID subscription, boolean ended, Optional<OffsetDateTime> agreedAt) {
        boolean endedBy(OptOut optOut) {
            return !ended && agreedAt.filter(at -> at.isAfter(optOut.at())).isEmpty();
        }
    }

    /** Whose opt-outs they are, by their ids: found by her id, or else by the hash of the address. */
    private Map<UUID, UUID> peopleOf(List<OptOut> optOuts) {
        Map<UUID, UUID> people = new HashMap<>();
        lookUp("id", optOuts.stream().map(OptOut::subscriber))
                .forEach((subscriber, person) -> optOuts.stream()
                        .filter(optOut -> optOut.subscriber().equals(subscriber))
                        .forEach(optOut -> people.put(optOut.id(), person)));
        Map<UUID, UUID> byHash = lookUp("address_hash", optOuts.stream().flatMap(o -> o.addressHash().stream()));
        for (OptOut optOut : optOuts) {
            optOut.addressHash().map(byHash::get).ifPresent(person -> people.putIfAbsent(optOut.id(), person));
        }
        return people;
    }

    /** One who was absorbed is whom she was absorbed into. */
    private Map<UUID, UUID> lookUp(String column, Stream<UUID> values) {
        Map<UUID, UUID> found = new HashMap<>();
        sql.list(
                "select u.wanted, coalesce(s.absorbed_into, s.id) from unnest(cast(? as uuid array)) as u(wanted)"
                        + " join newsletter.subscriber s on s." + column + " = u.wanted",
                row -> found.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                Sql.uuids(values.distinct().toList()));
        return found;
    }

    private Map<Place, Standing> standings(Collection<UUID> people) {
        Map<Place, Standing> standings = new HashMap<>();
        // What an import or staff said for her is not her word; what came back with the account was said before.
        sql.list(
                "select s.subscriber, s.newsletter, s.id, s.state, max(c.at) as agreed_at"
                        + " from unnest(cast(? as uuid array)) as u(subscriber)"
                        + " join newsletter.subscription s on s.subscriber = u.subscriber and s.merged_into is null"
                        + " left join newsletter.consent c on c.subscriber = s.subscriber and c.newsletter = s.newsletter"
                        + " and c.act = 'GIVEN' and c.means not in ('IMPORT', 'STAFF', 'REACTIVATION')"
                        + " group by s.subscriber, s.newsletter, s.id, s.state",
                row -> standings.put(
                        new Place(row.getObject("subscriber", UUID.class), row.getObject("newsletter", UUID.class)),
                        new Standing(
                                row.getObject("id", UUID.class),
                                row.getString("state").equals("UNSUBSCRIBED"),
                                Optional.ofNullable(row.getObject("agreed_at", OffsetDateTime.class)))),
                Sql.uuids(new HashSet<>(people)));
        return standings;
    }

    /** Nothing to end: she, or her subscription, came after the backup, and may come again with a list. */
    private void keepOut(OptOut optOut) {
        optOut.addressHash()
                .ifPresent(hash -> sql.update(
                        "insert into newsletter.optout_outside (address_hash, newsletter, at) values (?, ?, ?)"
                                + " on conflict do nothing",
                        hash,
                        optOut.newsletter(),
                        optOut.at()));
    }

    /** With the original's id and time, whether there was something to end or not: then it is known. */
    private void record(List<OptOut> optOuts, Map<UUID, UUID> people) {
        sql.update(
                "insert into newsletter.consent"
                        + " (id, subscriber, newsletter, act, at, means, wording, policy_version, statement)"
                        + " select u.id, u.subscriber, u.newsletter, 'WITHDRAWN', cast(u.at as timestamp with time zone),"
                        + " cast(? as varchar), null, cast(? as varchar), ''"
                        + " from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as uuid array),"
                        + " cast(? as varchar array)) as u(id, subscriber, newsletter, at) on conflict do nothing",
                Means.REPEATED.name(),
                book.policyVersion(),
                Sql.uuids(optOuts.stream().map(OptOut::id).toList()),
                Sql.uuids(optOuts.stream()
                        .map(optOut -> people.getOrDefault(optOut.id(), optOut.subscriber()))
                        .toList()),
                Sql.uuids(optOuts.stream().map(OptOut::newsletter).toList()),
                Sql.texts(optOuts.stream().map(optOut -> optOut.at().toString()).toList()));
    }
}
