package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.ScriptedSmtpServer;
import org.tidings.mail.testing.ScriptedSmtpServer.Mail;
import org.tidings.mail.testing.TestDatabase;

/** A database that lacks what was committed last, under a server that goes on: a standby that has taken over, or a backup. */
@Timeout(120)
abstract class FailoverContract {

    private static final int READERS = 60;

    @TempDir
    Path folder;

    final FakeAudience people = new FakeAudience().addMany(READERS);
    final ScriptedSmtpServer server = ScriptedSmtpServer.started();
    final TestDatabase database = freshDatabase();
    final Sql sql = new Sql(database.dataSource());

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    EngineUnderTest start() {
        return EngineUnderTest.started(
                database,
                people,
                TestSettings.acme()
                        .with("tidings.smtp.url", "smtp://127.0.0.1:" + server.port() + "?tls=none")
                        .with("tidings.smtp.connections", "4")
                        .with("tidings.mail.batch", "20"),
                folder);
    }

    /** Some have it, some wait, and the cursor knows of none of them. */
    private MailingId halfThroughBehindItsCursor() {
        AtomicInteger asked = new AtomicInteger();
        server.onRecipient(to -> asked.incrementAndGet() > 20 ? "450 later" : null);
        try (EngineUnderTest before = start()) {
            MailingId mailing = before.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(
                    () -> sql.number("select count(*) from mail.retries where state = " + Codes.DEFERRED) > 10,
                    () -> "some wait");
            before.mailings.pause(mailing);
            EngineUnderTest.await(
                    () -> sql.number("select count(*) from mail.claims") == 0, () -> "nothing is reserved any more");
            server.onRecipient(to -> null);
            sql.update("update mail.mailings set claimed_to = null, exhausted = false");
            sql.update("update mail.retries set next_try = ?", EngineUnderTest.now());
            return mailing;
        }
    }

    /** mail-received 6: one line carries one mail; many still get many. */
    @Test
    void oneMailOpensOneConnection_6() {
        UUID reader = people.add("zoe@example.org", PersonState.ACTIVE);
        try (EngineUnderTest mail = start()) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(() -> server.accepted() == 1, () -> "one is there");
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "and recorded");
            assertThat(server.connections()).isEqualTo(1);

            server.pauseAtContent(20);
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(mailing);
            assertThat(server.connections()).isGreaterThanOrEqualTo(3);
        }
    }

    /** mail-received 6: several sign-ins that fail at once lock an account. */
    @Test
    void aWrongPasswordIsTriedOnce_6() {
        UUID reader = people.add("zoe@example.org", PersonState.ACTIVE);
        server.require("joe", "right").keepCommands();
        TestSettings wrong = TestSettings.acme()
                .with("tidings.smtp.url", "smtp://joe:wrong@127.0.0.1:" + server.port() + "?tls=none")
                .with("tidings.smtp.connections", "4");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, wrong, folder)) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(
                    () -> mail.engine.servers().get(0).downSince().isPresent(), () -> "the server is taken for down");
            EngineUnderTest.await(
                    () -> sql.number("select count(*) from mail.claims") > 0, () -> "others would like to connect");

            assertThat(server.commands()).filteredOn("AUTH"::equals).hasSize(1);
            assertThat(mail.engine.servers().get(0).nextTry().orElseThrow())
                    .isAfter(EngineUnderTest.now().plusSeconds(30));
        }
    }

    @Test
    void whoIsOnRecordBeyondTheCursorIsNotReservedAgain() {
        MailingId mailing = halfThroughBehindItsCursor();
        try (EngineUnderTest after = start()) {
            after.mailings.resume(mailing);

            assertThat(after.awaitFinished(mailing).sent()).isEqualTo(READERS);

            assertBooksBalance(after.progress(mailing));
            assertThat(server.mails()).extracting(Mail::to).hasSize(READERS).doesNotHaveDuplicates();
        }
    }

    @Test
    void whoIsOnRecordBeyondTheCursorIsNotWrittenOffAgain() {
        MailingId mailing = halfThroughBehindItsCursor();
        long sent = server.mails().size();
        try (EngineUnderTest after = start()) {
            assertThat(database.call(() -> after.mailings.cancel(mailing))).isTrue();
            EngineUnderTest.await(
                    () -> sql.number("select count(*) from mail.mailings where active") == 0,
                    () -> "over: " + after.progress(mailing));

            MailingProgress over = after.progress(mailing);
            assertThat(over.state()).isEqualTo(MailingState.CANCELLED);
            assertThat(over.sent()).isEqualTo(sent);
            assertBooksBalance(over);
            assertThat(server.mails()).hasSize((int) sent);
        }
    }

    /** Reserved and in flight; then the database knows nothing of the reservations. */
    private MailingId inFlightAndLost(EngineUnderTest mail) {
        server.pauseAtContent(100);
        MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
        EngineUnderTest.await(
                () -> sql.number("select count(*) from mail.deliveries") >= 25
                        && sql.number("select count(*) from mail.claims") > 0,
                () -> "some have it, some are reserved");
        lose(mail, () -> sql.update("update mail.mailings set claimed_to = null, exhausted = false"));
        return mailing;
    }

    private void lose(EngineUnderTest mail, Runnable more) {
        mail.databaseIsGone(true);
        EngineUnderTest.pause(300);
        database.inTransaction(() -> {
            sql.update("delete from mail.claims");
            more.run();
        });
        mail.databaseIsGone(false);
    }

    private void awaitStandstill(EngineUnderTest mail, MailingId mailing) {
        EngineUnderTest.await(() -> mail.generations.noticed().isPresent(), () -> "noticed: " + mail.progress(mailing));
        assertThat(mail.progress(mailing).state()).isEqualTo(MailingState.PAUSED);
        assertThat(mail.figures.stopped(mailing).orElseThrow().afterRestore()).isTrue();
        EngineUnderTest.await(
                () -> sql.number("select count(*) from mail.claims") == 0, () -> "nothing is reserved any more");
        server.pauseAtContent(0);
    }

    @Test
    void aRunningNodeNoticesThatItsReservationsAreLost() {
        try (EngineUnderTest mail = start()) {
            MailingId mailing = inFlightAndLost(mail);

            awaitStandstill(mail, mailing);
            assertThat(server.mails()).hasSizeLessThan(READERS);
            assertThat(database.call(mail.generations::goOn)).isEqualTo(1);

            assertThat(mail.awaitFinished(mailing).sent()).isEqualTo(READERS);
            assertBooksBalance(mail.progress(mailing));
            assertThat(mail.progress(mailing).doubtful()).isZero();
            assertThat(server.mails()).extracting(Mail::to).hasSize(READERS).doesNotHaveDuplicates();
            assertThat(mail.generations.noticed()).as("asked once").isEmpty();
        }
    }

    /** What was recorded and is lost comes back as a reservation: nobody can tell any more that it was sent. */
    @Test
    void whatIsReservedOnceMoreIsDoubtful() {
        List<UUID> first = people.ids().subList(0, 10);
        try (EngineUnderTest mail = start()) {
            server.pauseAtContent(100);
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(
                    () -> sql.number("select count(*) from mail.deliveries") >= 25
                            && sql.number("select count(*) from mail.claims") > 0,
                    () -> "some have it, some are reserved");
            UUID node = sql.list("select id from mail.nodes", row -> Sql.id(row, "id"))
                    .get(0);

            lose(mail, () -> {
                first.forEach(one -> sql.update("delete from mail.deliveries where recipient = ?", one));
                sql.update("update mail.mailing_counts set n = n - ? where what = ?", first.size(), Codes.HANDED_OVER);
                sql.update("update mail.mailings set claimed_to = ?, exhausted = false", first.get(9));
                sql.update(
                        "insert into mail.claims (id, mailing, node, to_recipient, is_retry, claimed_at)"
                                + " select ?, number, ?, ?, false, ? from mail.mailings",
                        UUID.randomUUID(),
                        node,
                        first.get(9),
                        EngineUnderTest.now());
            });
            awaitStandstill(mail, mailing);
            assertThat(database.call(mail.generations::goOn)).isEqualTo(1);
            EngineUnderTest.await(
                    () -> {
                        sql.update("update mail.retries set next_try = ?", EngineUnderTest.now());
                        return mail.progress(mailing).state() == MailingState.FINISHED;
                    },
                    () -> "finished: " + mail.progress(mailing));

            assertBooksBalance(mail.progress(mailing));
            assertThat(sql.list(
                            "select recipient from mail.deliveries where outcome = 101",
                            row -> Sql.id(row, "recipient")))
                    .containsExactlyInAnyOrderElementsOf(first);
            assertThat(server.mails()).hasSize(READERS + first.size());
            assertThat(server.mails().stream().map(Mail::to).distinct()).hasSize(READERS);
        }
    }

    /** Another may bear its number one day, and would pass over who is on record. */
    @Test
    void ofAMailingThatIsLostItselfNothingIsRecorded() {
        try (EngineUnderTest mail = start()) {
            server.pauseAtContent(100);
            mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(
                    () -> sql.number("select count(*) from mail.deliveries") >= 25
                            && sql.number("select count(*) from mail.claims") > 0,
                    () -> "some have it, some are reserved");

            lose(mail, () -> {
                sql.update("delete from mail.deliveries");
                sql.update("delete from mail.mailing_counts");
                sql.update("delete from mail.mailings");
            });
            EngineUnderTest.await(() -> mail.generations.noticed().isPresent(), () -> "noticed");
            server.pauseAtContent(0);

            MailingId next = mail.start(MailKind.NEWSLETTER_ISSUE);
            assertThat(mail.awaitFinished(next).sent()).isEqualTo(READERS);
            assertBooksBalance(mail.progress(next));
        }
    }

    /** Everybody has one row, and the figures are those of the rows. */
    void assertBooksBalance(MailingProgress over) {
        List<UUID> recorded = sql.list("select recipient from mail.deliveries", row -> Sql.id(row, "recipient"));
        assertThat(recorded).containsExactlyInAnyOrderElementsOf(people.ids());
        assertThat(over.sent()
                        + over.failed()
                        + over.skipped().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(READERS);
        assertThat(sql.number("select count(*) from mail.deliveries where outcome in (1, 101)"))
                .isEqualTo(over.sent());
        assertThat(sql.number("select count(*) from mail.retries")).isZero();
        assertThat(sql.number("select count(*) from mail.claims")).isZero();
    }
}
