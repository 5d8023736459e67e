package org.tidings.mail.internal.sending;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.tidings.mail.Audience;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.internal.ledger.Alarms;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.StopRule;
import org.tidings.mail.internal.ledger.TryCounts;
import org.tidings.mail.internal.ledger.TryMeter;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.signing.Signers;
import org.tidings.mail.internal.smtp.MailboxRelay;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.traffic.Relays;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Jobs;
import org.tidings.site.Sql;
import org.tidings.site.TransactionProofs;
import org.tidings.site.Transactions;

/** The engine with people in a {@link ReadersTable}, where every process on the database sees them. */
final class EngineOnTable implements AutoCloseable {

    private static final Clock CLOCK = Clock.systemUTC();

    final MailingBook mailings;
    final SendingEngine engine;
    private final TestDatabase database;

    private EngineOnTable(TestDatabase database, MailingBook mailings, SendingEngine engine) {
        this.database = database;
        this.mailings = mailings;
        this.engine = engine;
    }

    /** Started. */
    static EngineOnTable started(
            TestDatabase database, TestSettings values, Path folder, Signers signers, ReadersTable... readers) {
        MailSettings settings =
                values.with("tidings.data.dir", folder.toString()).read();
        Sql sql = new Sql(database.dataSource());
        Transactions transactions = new Transactions() {
            @Override
            public <T> T call(Callable<T> work) {
                return database.call(work);
            }
        };
        KeyedHashes hashes = new KeyedHashes(new FakeSiteSecret());
        People people = new People(List.<Audience>of(readers), List.of(readers[0]));
        MailingBook mailings = new MailingBook(
                sql, CLOCK, settings, people, new Suppressions(sql, hashes, CLOCK), hashes, Machine.REAL);
        SendingEngine engine = new SendingEngine(new SendingEngine.Parts(
                settings,
                sql,
                transactions,
                CLOCK,
                hashes,
                people,
                mailings,
                // One receiver takes everything: TestSettings switches its limits off.
                Relays.of(settings, new MailboxRelay(sql, transactions, CLOCK, false)),
                Optional.empty(),
                signers,
                Optional.of(EngineUnderTest.verp()),
                new TryCounts(sql, StopRule.read(key -> Optional.empty()), new Alarms(sql, CLOCK), new TryMeter()),
                Disk.REAL,
                Machine.REAL,
                task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                new TransactionProofs(database.transactions()),
                () -> {
                    throw new AssertionError("nothing was lost");
                },
                Jobs.UNLISTED));
        engine.start();
        return new EngineOnTable(database, mailings, engine);
    }

    static MailBody shortBody() {
        return MailBody.in(Locale.ENGLISH)
                .heading("Hello {{name}}")
                .paragraph("Something happened.")
                .footer("Unsubscribe", "{{unsubscribeUrl}}")
                .build();
    }

    MailingId startIssue(String audience, MailBody body, int expected) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        return database.call(() -> mailings.start(new MailingOrder(
                MailKind.NEWSLETTER_ISSUE,
                audience,
                UUID.randomUUID(),
                "An issue",
                List.of(new MailingContent("Hello {{name}}", body, List.of())),
                expected,
                now,
                now.plusDays(1),
                Optional.of(new ListHeaders(
                        "News", "news.acme.example.com", "https://acme.example.com/help", Optional.empty())),
                Optional.empty())));
    }

    MailingProgress progress(MailingId mailing) {
        return mailings.progress(mailing).orElseThrow();
    }

    boolean isFinished(MailingId mailing) {
        return progress(mailing).state() == MailingState.FINISHED;
    }

    @Override
    public void close() {
        engine.stop(Duration.ofSeconds(30));
    }
}
