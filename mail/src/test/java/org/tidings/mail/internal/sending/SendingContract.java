package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.SentLetter;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.signing.Signers;
import org.tidings.mail.internal.signing.dkim.DkimAlgorithm;
import org.tidings.mail.internal.signing.dkim.DkimKey;
import org.tidings.mail.internal.signing.dkim.DkimSigner;
import org.tidings.mail.internal.signing.dkim.TestVerifier;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers;
import org.tidings.mail.testing.RecordingSmtpServer;
import org.tidings.mail.testing.RecordingSmtpServer.Mail;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Sql;

/** What sending promises, with a real mail server that records and refuses; on each database. */
@Timeout(120)
abstract class SendingContract {

    @TempDir
    Path folder;

    final FakeAudience people = new FakeAudience();
    final RecordingSmtpServer server = RecordingSmtpServer.started();
    TestDatabase database = freshDatabase();

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    TestSettings settings() {
        return TestSettings.acme().with("tidings.smtp.url", server.url()).with("tidings.mail.retries", "PT0.3S");
    }

    EngineUnderTest start() {
        return EngineUnderTest.started(database, people, settings(), folder);
    }

    /** MSG-05 too. */
    @Test
    void sendsALetterSoonAfterItsTransaction() {
        UUID reader = people.add("zoe@example.org", PersonState.ACTIVE);
        try (EngineUnderTest mail = start()) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);

            Mail sent = server.await(1).get(0);

            assertThat(sent.to()).isEqualTo("zoe@example.org");
            assertThat(sent.from()).isEqualTo("account@acme.example.com");
            assertThat(sent.header("To")).contains("Reader <zoe@example.org>");
            assertThat(sent.header("Message-ID").orElseThrow()).matches("<[A-Za-z0-9._-]{20,}@acme.example.com>");
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "nothing waiting");
            assertThat(mail.engine.state().lastSuccess()).isPresent();
        }
    }

    @Test
    void sendsNoLetterToWhomItMustNotGo() {
        UUID gone = people.add(PersonState.DEACTIVATED);
        UUID stays = people.add(PersonState.ACTIVE);
        try (EngineUnderTest mail = start()) {
            mail.post(MailKind.ACCOUNT_NOTICE, gone);
            mail.post(MailKind.ACCOUNT_RECEIPT, gone);
            mail.post(MailKind.ACCOUNT_NOTICE, stays, EngineUnderTest.now().minusSeconds(1));
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "nothing waiting");

            assertThat(server.mails()).extracting(Mail::to).containsExactly(people.addressOf(gone));
        }
    }

    @Test
    void saysWhatBecameOfEachLetterToAPerson() {
        UUID reader = people.add("zoe@example.org", PersonState.DEACTIVATED);
        server.refuse("zoe@example.org", 451, "4.7.1 greylisted, come back");
        TestSettings patient = settings().with("tidings.mail.retries", "PT10M");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, patient, folder)) {
            UUID notSent = mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "nothing waiting");
            UUID putOff = mail.post(MailKind.ACCOUNT_RECEIPT, reader);
            EngineUnderTest.await(
                    () -> mail.letters.lettersTo("reader", reader, 1).get(0).state() == DeliveryState.DEFERRED,
                    () -> "put off: " + mail.letters.lettersTo("reader", reader, 10));

            List<SentLetter> letters = mail.letters.lettersTo("reader", reader, 10);

            assertThat(letters).extracting(SentLetter::id).containsExactly(putOff, notSent);
            assertThat(letters.get(0).reply().orElseThrow().kept()).contains("greylisted");
            assertThat(letters.get(0).nextTry()).isPresent();
            assertThat(letters.get(1).state()).isEqualTo(DeliveryState.SKIPPED);
            assertThat(letters.get(1).skipped()).contains(SkipReason.DEACTIVATED);
            assertThat(letters.get(1).nextTry()).isEmpty();
            assertThat(mail.letters.lettersTo("another", reader, 10)).isEmpty();
        }
    }

    @Test
    void withdrawnLetterIsNotSent() {
        UUID reader = people.add(PersonState.ACTIVE);
        server.stop();
        try (EngineUnderTest mail = start()) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            mail.post(MailKind.ACCOUNT_RECEIPT, reader);
            EngineUnderTest.await(() -> mail.engine.state().lastError().isPresent(), () -> "error");
            database.inTransaction(() -> mail.letters.withdraw("reader", reader));
            EngineUnderTest.pause(1_000);
            server.start();
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "nothing waiting");

            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void writesToEverybodyOnceAndRecordsIt() {
        people.addMany(1_200);
        people.add(PersonState.UNSUBSCRIBED);
        people.add(PersonState.DEACTIVATED);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);

            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(1_200);
            assertThat(done.toGo()).isZero();
            assertThat(done.skipped()).isEqualTo(Map.of(SkipReason.UNSUBSCRIBED, 1L, SkipReason.DEACTIVATED, 1L));
            assertThat(server.mails()).hasSize(1_200).extracting(Mail::to).doesNotHaveDuplicates();
            List<Delivery> all = mail.mailings.deliveries(mailing, null, null, 5_000);
            assertThat(all).hasSize(1_202);
            Delivery one = mail.mailings
                    .deliveries(mailing, DeliveryState.HANDED_OVER, null, 1)
                    .get(0);
            assertThat(one.attempts()).isEqualTo(1);
            assertThat(one.reply().orElseThrow().kept()).startsWith("250");
            assertThat(one.server()).contains("127.0.0.1:" + server.port());
            assertThat(mail.mailings.deliveriesTo(List.of(one.recipient()), 10)).hasSize(1);
        }
    }

    /** The proof stands after a change of address and after an erasure: the ledger needs nobody's address of today. */
    @Test
    void knowsWhichAddressWasWrittenTo_ANN07() {
        UUID reader = people.add("Zoe@example.org", PersonState.SUBSCRIBED);
        UUID refused = people.add("refused@example.org", PersonState.SUBSCRIBED);
        UUID left = people.add("left@example.org", PersonState.UNSUBSCRIBED);
        people.addMany(60);
        server.refuse("refused@example.org", 550, "5.7.1 not wanted");
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(mailing);
            List.of(reader, refused, left).forEach(people::remove);

            assertThat(mail.mailings.deliveriesTo(mailing, EmailAddress.parse("zoe@example.org")))
                    .singleElement()
                    .returns(reader, Delivery::recipient)
                    .returns(DeliveryState.HANDED_OVER, Delivery::state);
            assertThat(mail.mailings.deliveriesTo(mailing, EmailAddress.parse("refused@example.org")))
                    .singleElement()
                    .returns(DeliveryState.FAILED, Delivery::state);
            assertThat(mail.mailings.deliveriesTo(mailing, EmailAddress.parse("left@example.org")))
                    .as("nobody wrote to it")
                    .isEmpty();
            assertThat(mail.mailings.deliveries(mailing, DeliveryState.HANDED_OVER, null, 100))
                    .hasSize(61)
                    .extracting(Delivery::writtenTo)
                    .doesNotContain(Optional.empty())
                    .doesNotHaveDuplicates();
        }
    }

    /** Else a mailing that is spread over hours would go too slowly, and all that is left at once at their end. */
    @Test
    void whoIsLeftOutIsNotTakenForSomebodyOfThoseExpected() {
        people.addMany(20);
        for (int i = 0; i < 15; i++) {
            people.add(PersonState.DEACTIVATED);
        }
        server.refuseAll(451, "4.3.2 come back later");
        TestSettings patient = settings().with("tidings.mail.retries", "PT1H");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, patient, folder)) {
            MailingId mailing = mail.start(MailKind.SERVICE_NOTICE);
            EngineUnderTest.await(() -> mail.progress(mailing).deferred() == 20, () -> "all put off");

            assertThat(mail.progress(mailing).skipped()).isEqualTo(Map.of(SkipReason.DEACTIVATED, 15L));
            assertThat(mail.mailings.toGo(mail.mailings.load(numberOf(mailing))))
                    .isEqualTo(20);
        }
    }

    /** Who is not on record yet has an answer too. */
    @Test
    void saysWhatHappenedToEachAlsoToThoseWhoStillWait() {
        people.addMany(400);
        UUID stranger = UUID.randomUUID();
        TestSettings oneByOne = settings().with("tidings.smtp.connections", "1").with("tidings.mail.batch", "50");
        server.delayEveryMail(400);
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, oneByOne, folder)) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            List<UUID> all = people.ids();
            EngineUnderTest.await(
                    () -> !mail.mailings
                            .deliveries(mailing, DeliveryState.HANDED_OVER, null, 1)
                            .isEmpty(),
                    () -> "one on record");

            assertThat(mail.mailings.deliveries(mailing, List.of(all.get(0), all.get(40), all.get(399), stranger)))
                    .extracting(Delivery::recipient, Delivery::state)
                    .containsExactly(
                            tuple(all.get(0), DeliveryState.HANDED_OVER),
                            tuple(all.get(40), DeliveryState.CLAIMED),
                            tuple(all.get(399), DeliveryState.WAITING));
            assertThat(mail.mailings.titles(List.of(mailing, new MailingId(stranger))))
                    .isEqualTo(Map.of(mailing, "An issue"));

            server.delayEveryMail(0);
            mail.awaitFinished(mailing);
            assertThat(mail.mailings.deliveries(mailing, all))
                    .hasSize(400)
                    .allMatch(one -> one.state() == DeliveryState.HANDED_OVER);
            assertThat(mail.mailings.deliveries(mailing, List.of(stranger))).isEmpty();
        }
    }

    private int numberOf(MailingId mailing) {
        return (int)
                new Sql(database.dataSource()).number("select number from mail.mailings where id = ?", mailing.value());
    }

    @Test
    void remembersThatAMailboxIsGone() {
        people.addMany(3);
        UUID gone = people.add("gone@example.org", PersonState.SUBSCRIBED);
        server.refuse("gone@example.org", 550, "5.1.1 <gone@example.org>: no such user");
        try (EngineUnderTest mail = start()) {
            MailingId first = mail.start(MailKind.NEWSLETTER_ISSUE);
            assertThat(mail.awaitFinished(first).failed()).isEqualTo(1);
            Delivery failed = mail.mailings
                    .deliveries(first, DeliveryState.FAILED, null, 10)
                    .get(0);
            assertThat(failed.recipient()).isEqualTo(gone);
            assertThat(failed.reply().orElseThrow().kept()).contains("5.1.1").doesNotContain("gone@");

            MailingProgress second = mail.awaitFinished(mail.start(MailKind.NEWSLETTER_ISSUE));

            assertThat(second.skipped()).isEqualTo(Map.of(SkipReason.HARD_BOUNCED, 1L));
            assertThat(mail.suppressions.about(mail.hashes.of(EmailAddress.parse("gone@example.org"))))
                    .hasSize(1);
        }
    }

    /** SND-06. */
    @Test
    void triesAgainWhatIsPutOff() {
        people.addMany(5);
        UUID late = people.add("late@example.org", PersonState.SUBSCRIBED);
        server.refuse("late@example.org", 451, "4.7.1 greylisted, come back");
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(() -> mail.progress(mailing).deferred() == 1, () -> "deferred");
            Delivery deferred = mail.mailings.deliveries(mailing, null, null, 100).stream()
                    .filter(d -> d.recipient().equals(late))
                    .findFirst()
                    .orElseThrow();
            assertThat(deferred.nextTry()).isPresent();
            assertThat(mail.progress(mailing).lastError().orElseThrow().kept()).contains("greylisted");
            server.acceptAll();

            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(6);
            assertThat(server.mailsTo("late@example.org")).hasSize(1);
        }
    }

    @Test
    void waitsForAServerThatIsDownWithoutUsingUpTries() {
        people.addMany(60);
        UUID reader = people.add(PersonState.ACTIVE);
        server.stop();
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.SERVICE_NOTICE);
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(() -> mail.engine.state().lastError().isPresent(), () -> "error");
            assertThat(mail.engine.state().waiting()).isEqualTo(1);
            server.start();

            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(61);
            assertThat(mail.mailings.deliveries(mailing, null, null, 100)).allMatch(d -> d.attempts() == 1);
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "letter");
        }
    }

    /** Connections that were open when a server died look well until they are used. */
    @RepeatedTest(5) // which connection is the first to be used again is chance
    void goesOnAfterAServerThatDiedWhileItsConnectionsStood() {
        people.addMany(60);
        UUID reader = people.add("again@example.org", PersonState.ACTIVE);
        server.delayEveryMail(5);
        try (EngineUnderTest mail = start()) {
            mail.awaitFinished(mail.start(MailKind.NEWSLETTER_ISSUE));
            assertThat(mail.engine.servers().get(0).openConnections()).isGreaterThan(1);
            server.stop();
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(
                    () -> mail.engine.servers().get(0).downSince().isPresent(), () -> "a server known to be down");

            server.start();

            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "the letter to have gone");
            assertThat(server.mailsTo("again@example.org")).isNotEmpty();
        }
    }

    /** MSG-02, MSG-05, SND-03. */
    @Test
    void mailWithoutReplyIsDoubtfulAndTriedAgainAsTheSameMail() {
        UUID reader = people.add("doubt@example.org", PersonState.SUBSCRIBED);
        server.dropConnectionsAfterData(true);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(() -> mail.progress(mailing).doubtful() == 1, () -> "doubtful");
            server.dropConnectionsAfterData(false);

            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(1);
            assertThat(done.doubtful()).isEqualTo(1);
            List<Mail> mails = server.mailsTo("doubt@example.org");
            assertThat(mails).hasSizeGreaterThanOrEqualTo(2);
            assertThat(mails.stream().map(m -> m.header("Message-ID")).distinct())
                    .hasSize(1);
            assertThat(mails.stream().map(m -> m.header("Date")).distinct()).hasSize(1);
            Delivery delivery = mail.mailings.deliveriesTo(List.of(reader), 1).get(0);
            assertThat(delivery.state()).isEqualTo(DeliveryState.HANDED_OVER);
            assertThat(delivery.everDoubtful()).isTrue();
        }
    }

    /** MAI-04, MSG-02: the date is of her first try, not of the mailing's start, and stays. */
    @Test
    void theDateIsThatOfTheFirstTry_MAI04() {
        UUID reader = people.add("late@example.org", PersonState.SUBSCRIBED);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(mailing);
            // As if it had begun days ago, and she were put off until now.
            Sql sql = new Sql(database.dataSource());
            sql.update(
                    "update mail.mailings set created_at = ?, not_before = ?, finished_at = null, state = 'RUNNING', active = true",
                    EngineUnderTest.now().minusDays(1),
                    EngineUnderTest.now().minusDays(1));
            sql.update("delete from mail.deliveries");
            sql.update("update mail.mailing_counts set n = 0");
            sql.update(
                    "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at)"
                            + " select number, ?, " + Codes.WAITING + ", 0, false, ?, ? from mail.mailings",
                    reader,
                    EngineUnderTest.now(),
                    EngineUnderTest.now());
        }
        server.clear();
        server.refuse("late@example.org", 450, "4.2.0 later");
        try (EngineUnderTest mail = start()) {
            Sql sql = new Sql(database.dataSource());
            EngineUnderTest.await(
                    () -> sql.number("select count(*) from mail.retries where attempts > 0 and dated is not null") == 1,
                    () -> "put off");
            OffsetDateTime dated = sql.list("select dated from mail.retries", row -> Sql.time(row, "dated"))
                    .get(0);
            // Long enough for another second on the clock: the row says what it was.
            OffsetDateTime earlier = dated.minusMinutes(5).truncatedTo(ChronoUnit.SECONDS);
            sql.update("update mail.retries set dated = ?, next_try = ?", earlier, EngineUnderTest.now());
            assertThat(dated).isAfter(EngineUnderTest.now().minusMinutes(2));
            assertThat(mail.engine.servers()).isNotEmpty();
            server.acceptAll();

            String date = server.await(1).get(0).header("Date").orElseThrow();

            assertThat(DateTimeFormatter.RFC_1123_DATE_TIME
                            .parse(date, OffsetDateTime::from)
                            .toInstant())
                    .isEqualTo(earlier.toInstant());
        }
    }

    @Test
    void whoLeftWhileHerMailWasInDoubtCountsAsDoubtfulAllTheSame() {
        UUID reader = people.add("doubt@example.org", PersonState.SUBSCRIBED);
        server.dropConnectionsAfterData(true);
        TestSettings slower = settings().with("tidings.mail.retries", "PT2S");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, slower, folder)) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(() -> mail.progress(mailing).doubtful() == 1, () -> "doubtful");
            people.become(reader, PersonState.UNSUBSCRIBED);

            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(done.skipped()).isEqualTo(Map.of(SkipReason.UNSUBSCRIBED, 1L));
            assertThat(done.doubtful()).isEqualTo(1);
        }
    }

    @Test
    void whatADeadNodeLeftAndNobodyUnderstandsStopsNoMail() {
        UUID reader = people.add("zoe@example.org", PersonState.ACTIVE);
        Sql sql = new Sql(database.dataSource());
        UUID dead = UUID.randomUUID();
        sql.update(
                "insert into mail.nodes (id, host, folder, seen_at) values (?, 'another-machine', '/nowhere', ?)",
                dead,
                EngineUnderTest.now().minusDays(1));
        sql.update(
                "insert into mail.claims (id, mailing, node, is_retry, claimed_at) values (?, 4711, ?, false, ?)",
                UUID.randomUUID(),
                dead,
                EngineUnderTest.now().minusDays(1));
        try (EngineUnderTest mail = start()) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);

            assertThat(server.await(1)).extracting(Mail::to).containsExactly("zoe@example.org");
        }
    }

    @Test
    void whatTheOthersTookOverIsTheirsToRecord() throws Exception {
        UUID reader = people.add("slow@example.org", PersonState.SUBSCRIBED);
        UUID other = people.add("other@example.org", PersonState.ACTIVE);
        Sql sql = new Sql(database.dataSource());
        server.delayEveryMail(1_500);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(this::somethingHasBegun, () -> "on its way");
            // As another node would that found this one silent for long.
            database.inTransaction(() -> {
                sql.update(
                        "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at)"
                                + " select number, ?, " + Codes.DOUBTFUL
                                + ", 1, true, expires_at, created_at from mail.mailings",
                        reader);
                sql.update("delete from mail.claims");
                sql.update("delete from mail.nodes");
            });
            EngineUnderTest.await(() -> sql.number("select count(*) from mail.nodes") == 1, () -> "begun anew");
            EngineUnderTest.await(() -> server.mailsTo("slow@example.org").size() == 1, () -> "accepted");

            mail.post(MailKind.ACCOUNT_NOTICE, other);

            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "recorded, and all before it");
            assertThat(mail.progress(mailing).sent()).isZero();
            assertThat(sql.number("select count(*) from mail.retries where ever_doubtful"))
                    .isEqualTo(1);
        }
    }

    private boolean somethingHasBegun() {
        try (Stream<Path> files = Files.list(folder.resolve("mail"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
                if (Files.readString(file).contains("\nB ")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pausesResumesAndCancelsWithinTwoSeconds() {
        people.addMany(3_000);
        server.delayEveryMail(5);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            server.await(20);

            database.inTransaction(() -> mail.mailings.pause(mailing));
            int atPause = mailsWhenItIsQuiet();

            database.inTransaction(() -> mail.mailings.resume(mailing));
            server.await(atPause + 20);
            database.inTransaction(mail.mailings::stopAll);
            int atStop = mailsWhenItIsQuiet();
            database.inTransaction(mail.mailings::allowAll);
            server.await(atStop + 20);

            assertThat(database.<Boolean>call(() -> mail.mailings.cancel(mailing)))
                    .as("nobody got it")
                    .isFalse();
            int atCancel = mailsWhenItIsQuiet();

            assertThat(atCancel).isLessThan(3_000);
            assertThat(server.mails()).hasSize(atCancel);
            EngineUnderTest.await(
                    () -> mail.mailings.deliveries(mailing, null, null, 10_000).size() == 3_000,
                    () -> "everybody is recorded");
            MailingProgress done = mail.progress(mailing);
            assertThat(done.state()).isEqualTo(MailingState.CANCELLED);
            assertThat(done.sent() + done.skipped().getOrDefault(SkipReason.CANCELLED, 0L))
                    .isEqualTo(3_000);
            assertThat(server.mails()).extracting(Mail::to).doesNotHaveDuplicates();
        }
    }

    /** Two seconds after a command at the latest nothing comes any more; where mails came every few milliseconds, a while without is the end. */
    private int mailsWhenItIsQuiet() {
        long asked = System.nanoTime();
        long last = asked;
        int mails = server.mails().size();
        while (System.nanoTime() - last < 700_000_000L) {
            EngineUnderTest.pause(20);
            int now = server.mails().size();
            if (now != mails) {
                mails = now;
                last = System.nanoTime();
            }
            assertThat(Duration.ofNanos(last - asked)).isLessThan(Duration.ofSeconds(2));
        }
        return mails;
    }

    @Test
    void nothingLeavesWithinTheUndoWindow() {
        people.addMany(10);
        try (EngineUnderTest mail = start()) {
            MailingId mailing =
                    mail.start(MailKind.NEWSLETTER_ISSUE, EngineUnderTest.now().plusSeconds(30));
            EngineUnderTest.pause(800);
            assertThat(server.mails()).isEmpty();
            assertThat(database.<Boolean>call(() -> mail.mailings.cancel(mailing)))
                    .as("nobody got it")
                    .isTrue();
            EngineUnderTest.await(
                    () -> mail.progress(mailing).skipped().getOrDefault(SkipReason.CANCELLED, 0L) == 10,
                    () -> "cancelled");

            assertThat(server.mails()).isEmpty();
        }
    }

    /** SND-07. */
    @Test
    void expiredMailingIsNotSentAndSaysSo() {
        people.addMany(10);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(
                    MailKind.NEWSLETTER_ISSUE,
                    EngineUnderTest.now().minusHours(2),
                    EngineUnderTest.now().minusHours(1));

            assertThat(mail.awaitFinished(mailing).skipped()).isEqualTo(Map.of(SkipReason.EXPIRED, 10L));
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void resendsToTheFailedOnly() {
        people.addMany(20);
        server.refuseAll(554, "5.3.4 too large for us");
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.SERVICE_NOTICE);
            assertThat(mail.awaitFinished(mailing).failed()).isEqualTo(20);
            server.acceptAll();

            assertThat(database.call(() -> mail.mailings.resendToFailed(mailing)))
                    .isEqualTo(20);
            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(20);
            assertThat(done.failed()).isZero();
        }
    }

    @Test
    void resendsToTheRestOfACancelledMailing() {
        people.addMany(600);
        server.delayEveryMail(5);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            server.await(20);
            database.inTransaction(() -> mail.mailings.cancel(mailing));
            EngineUnderTest.await(
                    () -> mail.mailings.deliveries(mailing, null, null, 10_000).size() == 600, () -> "all decided");
            server.delayEveryMail(0);

            long again = database.call(() ->
                    mail.mailings.resendToRest(mailing, EngineUnderTest.now().plusDays(1)));
            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(again).isGreaterThan(100);
            assertThat(done.sent()).isEqualTo(600);
            assertThat(done.skipped()).isEmpty();
            assertThat(server.mails()).hasSize(600).extracting(Mail::to).doesNotHaveDuplicates();
        }
    }

    @Test
    void resendsAnExpiredMailingForAsLongAsIsSaid() {
        people.addMany(10);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(
                    MailKind.NEWSLETTER_ISSUE,
                    EngineUnderTest.now().minusHours(2),
                    EngineUnderTest.now().minusHours(1));
            mail.awaitFinished(mailing);

            database.call(() ->
                    mail.mailings.resendToRest(mailing, EngineUnderTest.now().plusDays(1)));

            assertThat(mail.awaitFinished(mailing).sent()).isEqualTo(10);
            assertThat(database.call(() -> mail.mailings.resendToRest(
                            mailing, EngineUnderTest.now().plusDays(1))))
                    .isZero();
            assertThat(mail.progress(mailing).state()).isEqualTo(MailingState.FINISHED);
        }
    }

    @Test
    void dropsWhoGotWhatWhenItWasKeptForLongEnough() {
        people.addMany(30);
        TestSettings settings = settings().with("tidings.mail.keep.deliveries", "PT0S");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, settings, folder)) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.post(MailKind.ACCOUNT_NOTICE, people.ids().get(0));
            mail.awaitFinished(mailing);
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "nothing waiting");

            assertThat(mail.engine.retention().dropWhatIsOld()).isEqualTo(31);

            assertThat(mail.mailings.deliveries(mailing, null, null, 100)).isEmpty();
            assertThat(mail.progress(mailing).sent()).isEqualTo(30);
        }
    }

    @Test
    void passwordMailOvertakesARunningIssue() {
        people.addMany(2_000);
        UUID reader = people.add("first@example.org", PersonState.ACTIVE);
        server.delayEveryMail(10);
        try (EngineUnderTest mail = start()) {
            mail.start(MailKind.NEWSLETTER_ISSUE);
            server.await(50);
            long posted = System.nanoTime();
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(() -> !server.mailsTo("first@example.org").isEmpty(), () -> "the letter");

            assertThat(System.nanoTime() - posted).isLessThan(2_000_000_000L);
        }
    }

    @Test
    void orderlyEndLeavesNothingDoubtfulAndNobodyOut() {
        people.addMany(1_500);
        server.delayEveryMail(2);
        MailingId mailing;
        try (EngineUnderTest mail = start()) {
            mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            server.await(100);
        }
        int before = server.mails().size();
        assertThat(before).isLessThan(1_500);
        try (EngineUnderTest mail = start()) {
            MailingProgress done = mail.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(1_500);
            assertThat(done.doubtful()).isZero();
            assertThat(server.mails()).hasSize(1_500).extracting(Mail::to).doesNotHaveDuplicates();
        }
    }

    /** SIG-01 to SIG-07, over what a server receives. */
    @Test
    void signsLettersAndMailingsOverTheirFinalBytes() throws Exception {
        people.addMany(3);
        DkimKey rsa = DkimKey.generate(DkimAlgorithm.RSA, "acme.example.com", "2026h2r");
        DkimKey edwards = DkimKey.generate(DkimAlgorithm.ED25519, "acme.example.com", "2026h2e");
        DkimSigner signer = new DkimSigner(List.of(rsa, edwards), Duration.ofDays(10));
        TestVerifier verifier = new TestVerifier(
                Map.of(rsa.recordName(), rsa.recordValue(), edwards.recordName(), edwards.recordValue()));
        Signers signers = domain -> domain.equals("acme.example.com") ? Optional.of(signer) : Optional.empty();
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, settings(), folder, signers)) {
            mail.awaitFinished(mail.start(MailKind.NEWSLETTER_ISSUE));
            mail.post(MailKind.ACCOUNT_NOTICE, people.ids().get(0));

            for (Mail sent : server.await(4)) {
                assertThat(sent.text()).startsWith("DKIM-Signature: ");
                assertThat(verifier.verify(sent.text())).containsExactly("rsa-sha256", "ed25519-sha256");
                assertThat(sent.header("DKIM-Signature").orElseThrow()).contains("d=acme.example.com");
            }
        }
    }

    @Test
    void mailThatCannotBeSignedWaitsAndSaysWhy() {
        people.addMany(1);
        AtomicBoolean broken = new AtomicBoolean(true);
        Signers signers = domain -> {
            if (broken.get()) {
                throw new IllegalStateException("the key cannot be read");
            }
            return Optional.empty();
        };
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, settings(), folder, signers)) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            UUID letter = mail.post(MailKind.ACCOUNT_NOTICE, people.ids().get(0));
            EngineUnderTest.await(() -> mail.progress(mailing).deferred() == 1, () -> "deferred");
            assertThat(letter).isNotNull();
            assertThat(mail.progress(mailing).lastError().orElseThrow().kept())
                    .isEqualTo("~cannot-sign the key cannot be read");
            assertThat(server.mails()).isEmpty();

            broken.set(false);

            assertThat(mail.awaitFinished(mailing).sent()).isEqualTo(1);
            assertThat(server.await(2)).hasSize(2);
        }
    }

    @Test
    void aMailThatCannotBeComposedWaitsAndTheOthersGo() {
        people.addMany(30);
        people.spoil(people.ids().get(0));
        TestSettings oneByOne = settings().with("tidings.smtp.connections", "1").with("tidings.mail.retries", "PT1H");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, oneByOne, folder)) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(() -> mail.progress(mailing).sent() == 29, () -> "29: " + mail.progress(mailing));

            EngineUnderTest.await(() -> mail.progress(mailing).deferred() == 1, () -> "deferred");
            assertThat(mail.progress(mailing).lastError().orElseThrow().kept())
                    .endsWith("~cannot-compose IllegalStateException");
        }
    }

    @Test
    void aFullDiskMakesMailsWaitAndKeepsNoReceiversPlace() {
        people.addMany(20);
        server.delayEveryMail(400);
        TestSettings limited =
                settings().with("tidings.mail.receiving.limits", "*=10/100/100").with("tidings.smtp.connections", "4");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, limited, folder)) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(this::somethingHasBegun, () -> "on its way");
            mail.disk.full = true;
            server.await(1);
            EngineUnderTest.await(() -> onTheirWay(mail) == 0, () -> "all answered: " + onTheirWay(mail));
            assertThat(server.mails()).hasSizeLessThan(20);

            mail.disk.full = false;

            MailingProgress done = mail.awaitFinished(mailing);
            assertThat(done.sent()).isEqualTo(20);
            assertThat(done.doubtful()).isZero();
            assertThat(onTheirWay(mail)).isZero();
        }
    }

    @Test
    void whatWasReservedByACommitWhoseAnswerGotLostIsPutBack() {
        people.addMany(200);
        UUID reader = people.add("letter@example.org", PersonState.ACTIVE);
        try (EngineUnderTest mail = start()) {
            // What is put back is reserved as a retry, and lost once more.
            mail.answers.lose(EngineUnderTest.Reserved.values());
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);

            MailingProgress done = mail.awaitFinished(mailing);

            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "the letter to have gone");
            assertThat(mail.answers.allLost()).isTrue();
            assertThat(done.sent()).isEqualTo(200);
            assertThat(done.doubtful()).isZero();
            assertThat(server.mails()).hasSize(201).extracting(Mail::to).doesNotHaveDuplicates();
        }
    }

    /** As when another node recorded it between the two: the first write fails, the second goes around what is there. */
    @Test
    void aRetryWhoseOutcomeIsOnRecordAlreadyIsOverAllTheSame() {
        UUID reader = people.add("twice@example.org", PersonState.SUBSCRIBED);
        server.refuse("twice@example.org", 451, "4.7.1 greylisted, come back");
        Sql sql = new Sql(database.dataSource());
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(() -> mail.progress(mailing).deferred() == 1, () -> "deferred");
            sql.update(
                    "insert into mail.deliveries (at, mailing, outcome, attempts, recipient)"
                            + " select created_at, number, " + Codes.HANDED_OVER + ", 2, ? from mail.mailings",
                    reader);
            server.acceptAll();

            mail.awaitFinished(mailing);

            assertThat(sql.number("select count(*) from mail.retries")).isZero();
            assertThat(sql.number("select count(*) from mail.deliveries")).isEqualTo(1);
        }
    }

    private static int onTheirWay(EngineUnderTest mail) {
        return mail.receiving.orElseThrow().states(10).stream()
                .mapToInt(SparingReceivers.State::onTheirWay)
                .sum();
    }

    /** MSG-13: the envelope leads back to the address, and to the mailing. */
    @Test
    void envelopeLeadsBackToItsRecipient() {
        UUID reader = people.add("zoe@example.org", PersonState.SUBSCRIBED);
        TestSettings settings = settings().with("tidings.mail.bounce.domain", "bounce.acme.example.com");
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, settings, folder)) {
            mail.awaitFinished(mail.start(MailKind.NEWSLETTER_ISSUE));
            String ofIssue = server.await(1).get(0).from();
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            String ofLetter = server.await(2).get(1).from();

            UUID address = mail.hashes.of(EmailAddress.parse("zoe@example.org"));
            assertThat(EngineUnderTest.verp().find(ofLetter).orElseThrow())
                    .isInstanceOfSatisfying(Verp.Genuine.class, found -> {
                        assertThat(found.target().addressHash()).isEqualTo(address);
                        assertThat(found.target().mailing()).isEmpty();
                        assertThat(found.target().day()).isPresent();
                    });
            assertThat(EngineUnderTest.verp().find(ofIssue).orElseThrow())
                    .isInstanceOfSatisfying(Verp.Genuine.class, found -> {
                        assertThat(found.target().addressHash()).isEqualTo(address);
                        assertThat(found.target().mailing()).isPresent();
                    });
            assertThat(ofIssue.indexOf('@')).isLessThanOrEqualTo(64);
        }
    }

    @Test
    void keepsMailsInTheLocalMailboxWhileNoServerIsConfigured() {
        UUID reader = people.add("local@example.org", PersonState.ACTIVE);
        TestSettings local = TestSettings.acme();
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, local, folder)) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(() -> !mail.localMailbox.newest("", 10).isEmpty(), () -> "local mail");

            var entry = mail.localMailbox.newest("LOCAL@", 10).get(0);
            var stored = mail.localMailbox.find(entry.id()).orElseThrow();
            assertThat(entry.subject()).isEqualTo("A letter");
            assertThat(stored.html()).contains("<h1", "It is you.");
            assertThat(stored.text()).contains("It is you.");
            assertThat(stored.headers()).contains("Auto-Submitted: auto-generated");
            assertThat(mail.localMailbox.newest("nothing like it", 10)).isEmpty();
        }
    }
}
