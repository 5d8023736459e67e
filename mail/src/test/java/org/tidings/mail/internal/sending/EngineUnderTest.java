package org.tidings.mail.internal.sending;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.internal.composing.Claim;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.generations.FolderMemory;
import org.tidings.mail.internal.generations.Generations;
import org.tidings.mail.internal.generations.Standstill;
import org.tidings.mail.internal.ledger.Alarms;
import org.tidings.mail.internal.ledger.KeptFigures;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.PostedLetters;
import org.tidings.mail.internal.ledger.ReservingMailings;
import org.tidings.mail.internal.ledger.StopRule;
import org.tidings.mail.internal.ledger.TryCounts;
import org.tidings.mail.internal.ledger.TryMeter;
import org.tidings.mail.internal.machine.FillableDisk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.signing.Signers;
import org.tidings.mail.internal.smtp.MailboxRelay;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.traffic.Relays;
import org.tidings.mail.internal.traffic.shaping.Receivers;
import org.tidings.mail.internal.traffic.shaping.Restraints;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Jobs;
import org.tidings.site.Sql;
import org.tidings.site.TransactionProofs;
import org.tidings.site.Transactions;

/** The module put together outside of the container. */
public final class EngineUnderTest implements AutoCloseable {

    final FakeAudience people;
    public final MailingBook mailings;
    final PostedLetters letters;
    final SendingEngine engine;
    public final Suppressions suppressions;
    final KeyedHashes hashes;
    final MailboxRelay localMailbox;
    final Optional<SparingReceivers> receiving;
    public final KeptFigures figures;
    /** Without the sign of life every two seconds. */
    final Generations generations;
    /** What the journal is on. */
    final FillableDisk disk = new FillableDisk();

    /** Of the database, to what the engine reserves. */
    final Answers answers = new Answers();

    private final TestDatabase database;
    private volatile boolean databaseGone;
    private boolean over;

    /** What is reserved: recipients of a mailing, those who are tried again, letters. */
    enum Reserved {
        RANGE,
        RETRIES,
        LETTERS
    }

    /** The connection breaks between a commit and its answer, once for each sort of reservation that is named. */
    static final class Answers {
        private final Set<Reserved> toLose = ConcurrentHashMap.newKeySet();

        void lose(Reserved... next) {
            toLose.addAll(List.of(next));
        }

        boolean allLost() {
            return toLose.isEmpty();
        }

        private void mayBeLost(Object result) {
            Object inside = result instanceof ReservingMailings.Claimed claimed ? claimed.claim() : result;
            if (inside instanceof Optional<?> maybe && maybe.orElse(null) instanceof Claim claim) {
                Reserved what = !(claim instanceof MailingClaim of)
                        ? Reserved.LETTERS
                        : of.retry() ? Reserved.RETRIES : Reserved.RANGE;
                if (toLose.remove(what)) {
                    throw new IllegalStateException("the connection broke after the commit");
                }
            }
        }
    }

    private EngineUnderTest(
            TestDatabase database,
            FakeAudience people,
            TestSettings values,
            Path folder,
            Signers signers,
            Clock clock) {
        this.database = database;
        this.people = people;
        MailSettings settings =
                values.with("tidings.data.dir", folder.toString()).read();
        Sql sql = new Sql(database.dataSource());
        Transactions transactions = new Transactions() {
            @Override
            public <T> T call(Callable<T> work) {
                if (databaseGone) {
                    throw new IllegalStateException("no connection to the database");
                }
                T result = database.call(work);
                answers.mayBeLost(result);
                return result;
            }
        };
        hashes = new KeyedHashes(new FakeSiteSecret());
        People modules = new People(List.of(people), List.of(people));
        suppressions = new Suppressions(sql, hashes, clock);
        mailings = new MailingBook(sql, clock, settings, modules, suppressions, hashes, Machine.REAL);
        letters = new PostedLetters(sql, clock, settings, hashes, Machine.REAL);
        localMailbox = new MailboxRelay(sql, transactions, clock, settings.localMailbox());
        receiving = settings.receiving()
                .map(limits -> new SparingReceivers(
                        limits,
                        new Receivers(new NoDns(), task -> {}, clock),
                        new Restraints(database.dataSource()),
                        clock,
                        System::nanoTime));
        Optional<Verp> verp = settings.bounceDomain().isEmpty() ? Optional.empty() : Optional.of(verp());
        Alarms alarms = new Alarms(sql, clock);
        TryMeter meter = new TryMeter();
        TryCounts tryCounts = new TryCounts(sql, StopRule.read(values::value), alarms, meter);
        figures = new KeptFigures(sql, clock, alarms, meter);
        generations = new Generations(
                sql, transactions, clock, new FolderMemory(folder.resolve(FolderMemory.FILE)), new Standstill(sql));
        engine = new SendingEngine(new SendingEngine.Parts(
                settings,
                sql,
                transactions,
                clock,
                hashes,
                modules,
                mailings,
                Relays.of(settings, localMailbox),
                receiving,
                signers,
                verp,
                tryCounts,
                disk,
                Machine.REAL,
                task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                new TransactionProofs(database.transactions()),
                generations::transactionsAreLost,
                Jobs.UNLISTED));
    }

    /** The bounce domain's, as the settings below have it. */
    static Verp verp() {
        return new Verp(new FakeSiteSecret().keyFor("verp"), "bounce.acme.example.com");
    }

    public static EngineUnderTest started(
            TestDatabase database, FakeAudience people, TestSettings settings, Path folder) {
        return started(database, people, settings, folder, domain -> Optional.empty());
    }

    static EngineUnderTest started(
            TestDatabase database, FakeAudience people, TestSettings settings, Path folder, Signers signers) {
        return started(database, people, settings, folder, signers, Clock.systemUTC());
    }

    static EngineUnderTest started(
            TestDatabase database,
            FakeAudience people,
            TestSettings settings,
            Path folder,
            Signers signers,
            Clock clock) {
        EngineUnderTest made = new EngineUnderTest(database, people, settings, folder, signers, clock);
        made.engine.start();
        return made;
    }

    /** From now on the engine gets no transaction. */
    void databaseIsGone(boolean gone) {
        databaseGone = gone;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            engine.stop(Duration.ofSeconds(30));
        }
    }

    /** Knows of nothing. */
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

    public static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }

    public MailingId start(MailKind kind) {
        return start(kind, now());
    }

    MailingId start(MailKind kind, OffsetDateTime notBefore) {
        return start(kind, notBefore, now().plusDays(1));
    }

    MailingId start(MailKind kind, OffsetDateTime notBefore, OffsetDateTime expiresAt) {
        return start(kind, people.name(), notBefore, expiresAt, MailingLimits.NONE);
    }

    MailingId start(
            MailKind kind, String audience, OffsetDateTime notBefore, OffsetDateTime expiresAt, MailingLimits limits) {
        MailBody body = MailBody.in(Locale.ENGLISH)
                .heading("Hello {{name}}")
                .paragraph("Something happened.")
                .footer("Unsubscribe", "{{unsubscribeUrl}}")
                .build();
        Optional<ListHeaders> list = kind == MailKind.NEWSLETTER_ISSUE
                ? Optional.of(new ListHeaders(
                        "News", "news.acme.example.com", "https://acme.example.com/help", Optional.empty()))
                : Optional.empty();
        UUID subject = UUID.randomUUID();
        return database.call(() -> mailings.start(new MailingOrder(
                kind,
                audience,
                subject,
                "An issue",
                List.of(new MailingContent("Hello {{name}}", body, List.of())),
                mailings.count(audience, new AudienceQuery(kind, subject, now()))
                        .recipients(),
                notBefore,
                expiresAt,
                list,
                Optional.empty(),
                limits)));
    }

    public UUID post(MailKind kind, UUID person) {
        return post(kind, person, now().plusHours(1));
    }

    UUID post(MailKind kind, UUID person, OffsetDateTime expiresAt) {
        return database.call(() -> letters.post(new Letter(
                kind,
                "a-test",
                "reader",
                person,
                EmailAddress.parse(people.addressOf(person)),
                "Reader",
                "A letter",
                MailBody.in(Locale.ENGLISH)
                        .heading("Hello")
                        .paragraph("It is you.")
                        .build(),
                Map.of(),
                expiresAt,
                Optional.empty())));
    }

    public MailingProgress progress(MailingId mailing) {
        return mailings.progress(mailing).orElseThrow();
    }

    public MailingProgress awaitFinished(MailingId mailing) {
        await(() -> progress(mailing).state() == MailingState.FINISHED, () -> "finished: " + progress(mailing));
        return progress(mailing);
    }

    public static void await(BooleanSupplier condition, Callable<String> what) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                try {
                    throw new AssertionError("waited 60 s for " + what.call());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
            pause(20);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
