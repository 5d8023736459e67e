package org.tidings.mail.internal.sending;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.tidings.mail.internal.ledger.Alarms;
import org.tidings.mail.internal.ledger.Claims;
import org.tidings.mail.internal.ledger.DeliveryRows;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.Phrases;
import org.tidings.mail.internal.ledger.PostedLetters;
import org.tidings.mail.internal.ledger.Recorder;
import org.tidings.mail.internal.ledger.StopRule;
import org.tidings.mail.internal.ledger.TryCounts;
import org.tidings.mail.internal.ledger.TryMeter;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Transactions;

/** What nodes know of each other, without an engine that sends. */
public final class NodesUnderTest implements AutoCloseable {

    public final TestDatabase database;
    public final Sql sql;
    public final Transactions transactions = new Transactions() {
        @Override
        public <T> T call(Callable<T> work) {
            return database.call(work);
        }
    };
    public final KeyedHashes hashes = new KeyedHashes(new FakeSiteSecret());
    private final Clock clock;
    private final People people = new People(List.of(), List.of());
    private final Suppressions suppressions;

    public NodesUnderTest(TestDatabase database) {
        this(database, Clock.systemUTC());
    }

    private NodesUnderTest(TestDatabase database, Clock clock) {
        this.clock = clock;
        this.database = database;
        this.sql = new Sql(database.dataSource());
        this.suppressions = new Suppressions(sql, hashes, clock);
    }

    /** The same, as a machine sees them whose clock is off; on the same database, which is closed with this. */
    NodesUnderTest off(Duration by) {
        return new NodesUnderTest(database, Clock.offset(clock, by));
    }

    public Membership join(Path folder, LongSupplier nanos) {
        Machine machine = new Machine.Real() {
            @Override
            public long nanos() {
                return nanos.getAsLong();
            }
        };
        return new Membership(sql, transactions, machine, folder, Disk.REAL, (id, journal) -> {
            Claims claims = claims(id);
            return new Membership.Node(id, journal, claims, recorder(claims));
        });
    }

    private Claims claims(UUID node) {
        return new Claims(
                sql,
                transactions,
                clock,
                people,
                suppressions,
                hashes,
                new DeliveryRows(sql),
                node,
                ZoneOffset.UTC,
                Machine.REAL);
    }

    private Recorder recorder(Claims claims) {
        TryCounts counts =
                new TryCounts(sql, StopRule.read(key -> Optional.empty()), new Alarms(sql, clock), new TryMeter());
        return new Recorder(
                sql,
                transactions,
                claims,
                new DeliveryRows(sql),
                new Phrases(sql, transactions, Machine.REAL),
                suppressions,
                hashes,
                counts);
    }

    TakeOver takeOver(Transactions by, Duration after, BooleanSupplier justBack) {
        MailSettings settings = TestSettings.acme()
                .with("tidings.mail.takeover.after", after.toString())
                .read();
        return new TakeOver(
                sql,
                by,
                clock,
                settings,
                people,
                new MailingBook(sql, clock, settings, people, suppressions, hashes, Machine.REAL),
                recorder(claims(UUID.randomUUID())),
                new Phrases(sql, transactions, Machine.REAL),
                justBack,
                Machine.REAL,
                Disk.REAL);
    }

    public PostedLetters letters() {
        return new PostedLetters(sql, clock, TestSettings.acme().read(), hashes, Machine.REAL);
    }

    @Override
    public void close() {
        database.close();
    }
}
