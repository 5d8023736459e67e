package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.PersonState;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.ScriptedSmtpServer;
import org.tidings.mail.testing.ScriptedSmtpServer.Mail;
import org.tidings.mail.testing.TestDatabase;

/** An engine that is asked to end in the middle of its work; on each database. */
@Timeout(120)
abstract class StoppingContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Slower than what the sender announces ahead for. */
    private static final long SLOW_MILLIS = 400;
    /** From the flag to the last command that was being written: far more than it takes. */
    private static final long WRITTEN_BEFORE_NANOS = 100_000_000L;

    @TempDir
    Path folder;

    final FakeAudience people = new FakeAudience();
    final ScriptedSmtpServer server = ScriptedSmtpServer.started();
    final List<Long> begun = new CopyOnWriteArrayList<>();
    TestDatabase database = freshDatabase();
    final Sql sql = new Sql(database.dataSource());

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    private EngineUnderTest start() {
        return start("smtp://127.0.0.1:" + server.port() + "?tls=none");
    }

    private EngineUnderTest start(String url) {
        server.tellBegun((to, at) -> begun.add(at));
        TestSettings settings =
                TestSettings.acme().with("tidings.smtp.url", url).with("tidings.mail.retries", "PT0.3S");
        return EngineUnderTest.started(database, people, settings, folder);
    }

    private void awaitBegun(int count) {
        EngineUnderTest.await(() -> begun.size() >= count, () -> count + " begun, there are " + begun.size());
    }

    private void assertThatNothingIsLeft() {
        assertThat(sql.number("select count(*) from mail.claims")).isZero();
        assertThat(sql.number("select count(*) from mail.letters where node is not null"))
                .isZero();
        assertThat(sql.number("select count(*) from mail.nodes")).isZero();
        assertThat(journals()).isEmpty();
    }

    private List<Path> journals() {
        try (Stream<Path> files = Files.list(folder.resolve("mail"))) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A new start, to the end. Nobody is missing, nobody has it twice. */
    private void assertThatTheRestGoesToEverybodyOnce(MailingId mailing, int count) {
        server.pauseAtContent(0);
        try (EngineUnderTest again = start()) {
            MailingProgress done = again.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(count);
            assertThat(done.doubtful()).isZero();
            assertThat(server.mails()).hasSize(count).extracting(Mail::to).doesNotHaveDuplicates();
        }
    }

    @Test
    void mailsInFlightFinishAndNoneIsBegun() {
        people.addMany(200);
        server.pauseAtContent(SLOW_MILLIS);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            awaitBegun(3);

            long asked = System.nanoTime();
            mail.engine.beginNothingMore();

            assertThat(mail.engine.finish(PATIENCE)).as("doubtful").isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .as("nothing but the mails in flight is waited for")
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(begun)
                    .filteredOn(at -> at > asked + WRITTEN_BEFORE_NANOS)
                    .isEmpty();
            assertThat(server.accepted()).as("all that were begun").isEqualTo(begun.size());
            assertThat(mail.progress(mailing).sent()).isEqualTo(begun.size());
            assertThatNothingIsLeft();
            assertThatTheRestGoesToEverybodyOnce(mailing, 200);
        }
    }

    /** Where the next mail is announced with the content of the one before, its content does not follow. */
    @Test
    void whatWasAnnouncedAheadIsWithdrawn() {
        people.addMany(1_500);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            awaitBegun(300);
            assertThat(server.announcedAhead()).isPositive();

            long asked = System.nanoTime();
            assertThat(mail.engine.stop(PATIENCE)).isZero();

            assertThat(begun)
                    .filteredOn(at -> at > asked + WRITTEN_BEFORE_NANOS)
                    .isEmpty();
            assertThat(server.accepted()).isEqualTo(begun.size()).isLessThan(1_500);
            assertThatNothingIsLeft();
            assertThatTheRestGoesToEverybodyOnce(mailing, 1_500);
        }
    }

    @Test
    void aLetterInFlightFinishesAndAnotherWaitsForTheNextStart() {
        UUID ann = people.add("ann@example.org", PersonState.ACTIVE);
        server.pauseAtContent(SLOW_MILLIS);
        try (EngineUnderTest mail = start()) {
            mail.post(MailKind.ACCOUNT_NOTICE, ann);
            awaitBegun(1);
            mail.engine.beginNothingMore();
            mail.post(MailKind.ACCOUNT_RECEIPT, ann);

            assertThat(mail.engine.finish(PATIENCE)).isZero();

            assertThat(server.mails()).hasSize(1);
            assertThat(mail.engine.state().waiting()).isEqualTo(1);
            assertThatNothingIsLeft();
        }
        try (EngineUnderTest again = start()) {
            EngineUnderTest.await(() -> again.engine.state().waiting() == 0, () -> "the other letter to have gone");
            assertThat(server.mails()).hasSize(2);
        }
    }

    @Test
    void whatIsInFlightWhenPatienceIsOverIsDoubtfulAndSaidSo() {
        people.addMany(50);
        server.pauseAtContent(60_000);
        EngineUnderTest mail = start();
        MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
        awaitBegun(3);

        int doubtful = mail.engine.stop(Duration.ofMillis(300));

        assertThat(doubtful).isEqualTo(3);
        assertThat(journals()).as("what the next start reads").isNotEmpty();
        server.pauseAtContent(0);
        try (EngineUnderTest again = start()) {
            MailingProgress done = again.awaitFinished(mailing);
            assertThat(done.sent()).isEqualTo(50);
            assertThat(done.doubtful()).isEqualTo(3);
        }
        assertThat(sql.number("select count(*) from mail.nodes")).isZero();
    }

    /** Else another machine could take over what is still on its way. */
    @Test
    void givesSignsOfLifeWhileMailsInFlightAreWaitedFor() throws Exception {
        people.addMany(10);
        server.pauseAtContent(4_000);
        try (EngineUnderTest mail = start()) {
            mail.start(MailKind.NEWSLETTER_ISSUE);
            awaitBegun(3);
            mail.engine.beginNothingMore();
            CompletableFuture<Integer> ending = CompletableFuture.supplyAsync(() -> mail.engine.finish(PATIENCE));
            List<OffsetDateTime> seen = new ArrayList<>();

            while (!ending.isDone()) {
                seen.addAll(sql.list("select seen_at from mail.nodes", row -> Sql.time(row, "seen_at")));
                EngineUnderTest.pause(100);
            }

            assertThat(ending.get()).isZero();
            assertThat(seen.stream().distinct()).as("signs of life").hasSizeGreaterThan(3);
            assertThatNothingIsLeft();
        }
    }

    @Test
    void aServerThatDoesNotAnswerTheCallIsNotWaitedFor() throws IOException {
        people.addMany(10);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EngineUnderTest mail = start("smtp://127.0.0.1:" + silent.getLocalPort() + "?tls=none")) {
            mail.start(MailKind.NEWSLETTER_ISSUE);
            silent.accept();
            long asked = System.nanoTime();

            assertThat(mail.engine.stop(PATIENCE)).isZero();

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
            assertThatNothingIsLeft();
        }
    }

    @Test
    void aDatabaseThatIsGoneIsNotWaitedForForEver() {
        people.addMany(200);
        server.pauseAtContent(SLOW_MILLIS);
        EngineUnderTest mail = start();
        MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
        awaitBegun(3);
        mail.databaseIsGone(true);
        long asked = System.nanoTime();

        assertThat(mail.engine.stop(PATIENCE)).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(40));
        assertThat(journals()).as("what the next start reads").isNotEmpty();
        assertThatTheRestGoesToEverybodyOnce(mailing, 200);
    }
}
