package org.tidings.mail.internal.simulation;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.ledger.Alarms;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.PostedLetters;
import org.tidings.mail.internal.ledger.StopRule;
import org.tidings.mail.internal.ledger.TryCounts;
import org.tidings.mail.internal.ledger.TryMeter;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.sending.SendingEngine;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.smtp.Relay;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.traffic.Dispatcher;
import org.tidings.mail.internal.traffic.shaping.Receivers;
import org.tidings.mail.internal.traffic.shaping.Restraints;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.Jobs;
import org.tidings.site.Sql;
import org.tidings.site.TransactionProofs;

/** One process of the product: its transactions, its ledger and, on a node, its engine. */
final class SimulatedNode {

    static final KeyedHashes HASHES = new KeyedHashes(new FakeSiteSecret());

    final SimulatedProcess process;
    final MailingBook mailings;
    final PostedLetters letters;
    final JdbcTransactions transactions;
    final Sql sql;
    private final World world;
    private final MailSettings settings;
    private final Clock clock;
    private final SimulatedMachine machine;
    private final People people;
    private final TestSettings values;
    private final TransactionProofs proofs;
    private final DataSource dataSource;
    private @Nullable SendingEngine engine;

    SimulatedNode(
            World world,
            SimulatedProcess process,
            SimulatedDatabase database,
            SimulatedPeople town,
            TestSettings values,
            TransactionProofs proofs,
            int laziness) {
        this.world = world;
        this.process = process;
        this.values = values;
        this.proofs = proofs;
        this.settings = values.read();
        this.clock = SimulatedMachine.clock(world, process);
        this.machine = new SimulatedMachine(world, process, laziness);
        this.transactions = new JdbcTransactions(database.pool(process));
        this.dataSource = transactions.dataSource();
        this.sql = new Sql(dataSource);
        SimulatedPeople.Seen seen = town.by(sql);
        this.people = new People(List.of(seen), List.of(seen));
        this.mailings =
                new MailingBook(sql, clock, settings, people, new Suppressions(sql, HASHES, clock), HASHES, machine);
        this.letters = new PostedLetters(sql, clock, settings, HASHES, machine);
    }

    Clock clock() {
        return clock;
    }

    /** Begins to send; fails when the database does. */
    void start(Relay server, SimulatedDisk disk) {
        Optional<SparingReceivers> receiving = settings.receiving()
                .map(limits -> new SparingReceivers(
                        limits,
                        new Receivers(new NoDns(), task -> {}, clock),
                        new Restraints(dataSource),
                        clock,
                        machine::nanos));
        SendingEngine made = new SendingEngine(new SendingEngine.Parts(
                settings,
                sql,
                transactions,
                clock,
                HASHES,
                people,
                mailings,
                List.of(new Dispatcher.PlannedRelay(settings.servers().get(0).plan(), server)),
                receiving,
                domain -> Optional.empty(),
                Optional.empty(),
                new TryCounts(sql, StopRule.read(values::value), new Alarms(sql, clock), new TryMeter()),
                disk.of(process),
                machine,
                work -> world.thread(process, work),
                proofs,
                () -> {
                    throw new AssertionError("nothing was lost");
                },
                Jobs.UNLISTED));
        made.start();
        engine = made;
    }

    boolean isStarted() {
        return engine != null;
    }

    /** In an orderly way. */
    void stop(Duration patience) {
        SendingEngine running = engine;
        if (running != null) {
            running.stop(patience);
        }
    }

    private static final class NoDns implements Dns {
        @Override
        public List<String> txt(String name) {
            return List.of();
        }

        @Override
        public List<Mx> mx(String name) {
            return List.of();
        }

        @Override
        public List<String> addresses(String name) {
            return List.of();
        }
    }
}
