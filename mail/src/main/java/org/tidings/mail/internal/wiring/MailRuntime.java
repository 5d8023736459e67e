package org.tidings.mail.internal.wiring;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Audience;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailTraffic;
import org.tidings.mail.MessageClass;
import org.tidings.mail.Reachability;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingCheck;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SendingState;
import org.tidings.mail.SigningKeys;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.Standing;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.generations.FolderMemory;
import org.tidings.mail.internal.generations.Generations;
import org.tidings.mail.internal.generations.Standstill;
import org.tidings.mail.internal.ledger.Alarms;
import org.tidings.mail.internal.ledger.KeptFigures;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.PostedLetters;
import org.tidings.mail.internal.ledger.TryCounts;
import org.tidings.mail.internal.ledger.TryMeter;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.machine.Pulse;
import org.tidings.mail.internal.machine.Upkeep;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.sending.SendingEngine;
import org.tidings.mail.internal.sending.ShowingTraffic;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.signing.DnsSendingCheck;
import org.tidings.mail.internal.signing.KeyRing;
import org.tidings.mail.internal.signing.KeyRows;
import org.tidings.mail.internal.signing.KeySeal;
import org.tidings.mail.internal.signing.KeyWatch;
import org.tidings.mail.internal.smtp.MailboxRelay;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.SuppressionLedger;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.traffic.Dispatcher;
import org.tidings.mail.internal.traffic.Relays;
import org.tidings.mail.internal.traffic.shaping.Receivers;
import org.tidings.mail.internal.traffic.shaping.Restraints;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers;
import org.tidings.site.DatabaseMigrated;
import org.tidings.site.DatabaseReady;
import org.tidings.site.EndsInOrder;
import org.tidings.site.SiteHasEnded;
import org.tidings.site.Sql;
import org.tidings.site.TransactionProofs;
import org.tidings.site.Transactions;

/** Puts the module together in the container, and begins to send once the schemas are there. */
@ApplicationScoped
class MailRuntime implements EndsInOrder {

    private static final Logger LOG = Logger.getLogger(MailRuntime.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What a standby lacks of less is noticed by what this node had reserved, see {@code Claims.assertNothingIsLost}. */
    private static final Duration SIGN_OF_LIFE_EVERY = Duration.ofSeconds(2);

    private static final Duration COPY_EVERY = Duration.ofSeconds(5);
    private static final int RESOLVERS = 2;
    private static final int QUESTIONS_AT_MOST = 5_000;

    @Inject
    private DataSource dataSource;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @Inject
    private Transactions transactions;

    @Inject
    private TransactionProofs proofs;

    @Inject
    private Clock clock;

    @Inject
    private SiteSecret secret;

    @Inject
    @Any
    private Instance<Audience> audiences;

    @Inject
    @Any
    private Instance<Standing> standings;

    private Parts parts;
    private volatile @Nullable SendingEngine engine;
    private volatile Optional<SparingReceivers> receiving = Optional.empty();
    private volatile List<Dispatcher.PlannedRelay> relays = List.of();
    private @Nullable ThreadPoolExecutor resolver;
    private @Nullable KeyWatch keyWatch;
    private @Nullable Upkeep upkeep;
    private List<Pulse> pulses = List.of();

    /** What exists from the beginning; the engine comes when the database is ready. */
    private record Parts(
            MailSettings settings,
            Sql sql,
            KeyedHashes hashes,
            People people,
            MailingBook mailings,
            PostedLetters letters,
            MailboxRelay localMailbox,
            Dns dns,
            KeyRing keys,
            TryCounts tryCounts,
            KeptFigures figures,
            Generations generations,
            SuppressionLedger suppressionLedger) {}

    @SuppressWarnings("NullAway.Init") // fields are set by the container
    MailRuntime() {}

    @PostConstruct
    void assemble() {
        MailSettings settings = MailBeans.settings();
        Sql sql = new Sql(dataSource);
        KeyedHashes hashes = new KeyedHashes(secret);
        People people = new People(audiences, standings);
        Dns dns = MailBeans.dnsSettings().dns();
        Alarms alarms = new Alarms(sql, clock);
        TryMeter meter = new TryMeter();
        Suppressions suppressions = new Suppressions(sql, hashes, clock);
        Generations generations = new Generations(
                sql,
                transactions,
                clock,
                new FolderMemory(settings.dataDir().resolve(FolderMemory.FILE)),
                new Standstill(sql));
        parts = new Parts(
                settings,
                sql,
                hashes,
                people,
                new MailingBook(sql, clock, settings, people, suppressions, hashes, Machine.REAL),
                new PostedLetters(sql, clock, settings, hashes, Machine.REAL),
                new MailboxRelay(sql, transactions, clock, settings.localMailbox()),
                dns,
                new KeyRing(new KeyRows(sql, new KeySeal(secret)), transactions, clock, dns, settings),
                new TryCounts(sql, MailBeans.stopRule(), alarms, meter),
                new KeptFigures(sql, clock, alarms, meter),
                generations,
                new SuppressionLedger(sql, transactions, suppressions, generations, settings.dataDir()));
    }

    /** Before anybody looks at what else has to be set right: nothing may be sent from a database that was put back. */
    void compareWithWhatIsRemembered(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) DatabaseMigrated migrated) {
        parts.generations().signOfLife();
        parts.suppressionLedger().repeatAndCopy();
    }

    /** Requests are over, and the database is there for the last time: what they said about addresses must be outside too. */
    void copyForTheLastTime(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) SiteHasEnded ended) {
        try {
            parts.suppressionLedger().copyForTheLastTime();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the newest suppressions are copied at the next start", e);
        }
    }

    Reachability reachability() {
        return address -> Relays.reach(relays, parts.settings().senderDomain(MessageClass.ACCOUNT), address);
    }

    synchronized void begin(@Observes DatabaseReady ready) {
        if (engine != null) {
            return;
        }
        KeyWatch watch = new KeyWatch(parts.keys(), clock, proved("mail-keys"));
        watch.start();
        keyWatch = watch;
        relays = Relays.of(parts.settings(), parts.localMailbox());
        Receivers names = new Receivers(parts.dns(), resolving(), clock);
        receiving = parts.settings()
                .receiving()
                .map(limits ->
                        new SparingReceivers(limits, names, new Restraints(dataSource), clock, System::nanoTime));
        pulses = List.of(
                new Pulse("mail-pulse", SIGN_OF_LIFE_EVERY, parts.generations()::signOfLife, proved("mail-pulse"))
                        .start(),
                new Pulse("mail-outside", COPY_EVERY, parts.suppressionLedger()::repeatAndCopy, proved("mail-outside"))
                        .start());
        Upkeep daily = new Upkeep(parts.figures()::forgetOld, proved("mail-upkeep"));
        daily.start();
        upkeep = daily;
        SendingEngine started = new SendingEngine(new SendingEngine.Parts(
                parts.settings(),
                parts.sql(),
                transactions,
                clock,
                parts.hashes(),
                parts.people(),
                parts.mailings(),
                relays,
                receiving,
                parts.keys(),
                verp(parts.settings()),
                parts.tryCounts(),
                Disk.REAL,
                Machine.REAL,
                threads,
                proofs,
                parts.generations()::transactionsAreLost));
        started.start();
        engine = started;
        LOG.info(() -> "mails go to " + started.state().server().orElse("the local mailbox"));
    }

    private ThreadFactory proved(String kind) {
        return work -> threads.newThread(proofs.first(kind, work));
    }

    /** Two threads that ask DNS who takes a domain's mail; what does not fit is asked later. */
    private Executor resolving() {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                RESOLVERS, RESOLVERS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUESTIONS_AT_MOST), threads);
        made.allowCoreThreadTimeOut(true);
        resolver = made;
        return made;
    }

    private Optional<Verp> verp(MailSettings settings) {
        return settings.bounceDomain().isEmpty()
                ? Optional.empty()
                : Optional.of(new Verp(secret.keyFor("verp"), settings.bounceDomain()));
    }

    @Override
    public void beginNothingMore() {
        SendingEngine running = engine;
        if (running != null) {
            running.beginNothingMore();
        }
    }

    /** Where the application ends and its container goes on. */
    @PreDestroy
    void end() {
        finish(PATIENCE);
    }

    @Override
    public synchronized void finish(Duration patience) {
        SendingEngine running = engine;
        engine = null;
        if (running != null) {
            running.stop(patience);
        }
        ThreadPoolExecutor resolving = resolver;
        resolver = null;
        if (resolving != null) {
            resolving.shutdownNow();
        }
        KeyWatch watch = keyWatch;
        keyWatch = null;
        if (watch != null) {
            watch.stop();
        }
        pulses.forEach(Pulse::stop);
        Upkeep daily = upkeep;
        upkeep = null;
        if (daily != null) {
            daily.stop();
        }
    }

    SigningKeys signingKeys() {
        return parts.keys();
    }

    SendingFigures figures() {
        return parts.figures();
    }

    RestoredDatabase restored() {
        return parts.generations();
    }

    SendingCheck sendingCheck() {
        return new DnsSendingCheck(parts.dns(), parts.keys()::keysFor);
    }

    PostedLetters letters() {
        return parts.letters();
    }

    MailingBook mailings() {
        return parts.mailings();
    }

    MailboxRelay localMailbox() {
        return parts.localMailbox();
    }

    MailTraffic traffic() {
        return new ShowingTraffic(parts.settings(), () -> engine, () -> receiving, transactions);
    }

    Sending sending() {
        return () -> {
            SendingEngine running = engine;
            return running != null
                    ? running.state()
                    : new SendingState(
                            Optional.empty(),
                            0,
                            Optional.<OffsetDateTime>empty(),
                            Optional.of(new Diagnostic.Own(Diagnostic.Why.NOT_STARTED, Optional.empty())),
                            Optional.empty());
        };
    }
}
