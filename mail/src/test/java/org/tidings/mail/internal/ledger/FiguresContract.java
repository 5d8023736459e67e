package org.tidings.mail.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.MessageClass;
import org.tidings.mail.PersonState;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SendingFigures.Alarm;
import org.tidings.mail.SendingFigures.Outcome;
import org.tidings.mail.SendingFigures.Refused;
import org.tidings.mail.SendingFigures.Side;
import org.tidings.mail.SendingFigures.Tries;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.sending.EngineUnderTest;
import org.tidings.mail.internal.sending.FakeAudience;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.testing.RecordingSmtpServer;
import org.tidings.mail.testing.ScriptedSmtpServer;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Sql;

/** What staff see of sending, and when sending stops by itself (BNC-05, RCV-04); on each database. */
@Timeout(120)
abstract class FiguresContract {

    @TempDir
    Path folder;

    private final FakeAudience people = new FakeAudience();
    private final RecordingSmtpServer server = RecordingSmtpServer.started();
    private final TestDatabase database = freshDatabase();

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    private TestSettings settings() {
        return TestSettings.acme().with("tidings.smtp.url", server.url());
    }

    private EngineUnderTest start() {
        return EngineUnderTest.started(database, people, settings(), folder);
    }

    private static SendingFigures.Lane lane(EngineUnderTest mail, MessageClass wanted) {
        return mail.figures.lanes().stream()
                .filter(lane -> lane.lane() == wanted)
                .findFirst()
                .orElseThrow();
    }

    private void awaitStopped(EngineUnderTest mail, MailingId mailing) {
        EngineUnderTest.await(
                () -> mail.progress(mailing).state() == MailingState.PAUSED,
                () -> "stopped: " + mail.progress(mailing));
    }

    @Test
    void countsTriesByLaneOutcomeAndReason() {
        people.addMany(20);
        people.add("gone@example.org", PersonState.SUBSCRIBED);
        people.add("full@example.org", PersonState.SUBSCRIBED);
        UUID reader = people.add("late@example.org", PersonState.SUBSCRIBED);
        server.refuse("gone@example.org", 550, "5.1.1 no such user");
        server.refuse("full@example.org", 452, "4.2.2 mailbox full");
        server.refuse("late@example.org", 451, "4.7.1 greylisted, come back");
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(
                    () -> mail.figures.unsuccessful(24).size() == 4,
                    () -> "four reasons: " + mail.figures.unsuccessful(24));

            assertThat(mail.figures.unsuccessful(24))
                    .containsExactlyInAnyOrder(
                            new Tries(MessageClass.ACCOUNT, Outcome.DEFERRED, Side.PASSING, "GREYLISTED", 1),
                            new Tries(MessageClass.NEWSLETTER, Outcome.DEFERRED, Side.PASSING, "GREYLISTED", 1),
                            new Tries(MessageClass.NEWSLETTER, Outcome.DEFERRED, Side.PASSING, "MAILBOX_FULL", 1),
                            new Tries(MessageClass.NEWSLETTER, Outcome.FAILED, Side.ADDRESS, "USER_UNKNOWN", 1));
            EngineUnderTest.await(() -> mail.progress(mailing).sent() == 20, () -> "twenty");
            assertThat(lane(mail, MessageClass.NEWSLETTER).lastHour())
                    .isEqualTo(Map.of(
                            Outcome.HANDED_OVER, 20L, Outcome.FAILED, 1L, Outcome.DEFERRED, 2L, Outcome.DOUBTFUL, 0L));
            assertThat(lane(mail, MessageClass.NEWSLETTER).waiting()).isEqualTo(2);
            assertThat(lane(mail, MessageClass.NEWSLETTER).oldest()).isPresent();
            assertThat(lane(mail, MessageClass.ACCOUNT).waiting()).isEqualTo(1);
            assertThat(mail.figures.refused(30)).containsExactly(new Refused(Side.ADDRESS, "USER_UNKNOWN", 1, 0));
            List<SendingFigures.Day> days = mail.figures.days(30);
            assertThat(days).hasSize(30);
            assertThat(days.get(29).newsletters()).isEqualTo(20);
            assertThat(days.get(29).refused()).isEqualTo(Map.of(Side.ADDRESS, 1L, Side.OURS, 0L, Side.PASSING, 0L));
            assertThat(mail.figures.counters())
                    .contains(
                            new SendingFigures.Counter(MessageClass.NEWSLETTER, "HANDED_OVER", "", 20),
                            new SendingFigures.Counter(MessageClass.NEWSLETTER, "FAILED", "USER_UNKNOWN", 1));
        }
    }

    /** Refused before sending: they are no tries that could stop a mailing, but staff see how many there are, and why. */
    @Test
    void countsAddressesThatNoServerCarries() {
        people.addMany(2);
        people.add("jürgen@example.org", PersonState.SUBSCRIBED);
        people.add("зоя@example.org", PersonState.SUBSCRIBED);
        try (ScriptedSmtpServer plain = ScriptedSmtpServer.started();
                EngineUnderTest mail = EngineUnderTest.started(
                        database,
                        people,
                        TestSettings.acme().with("tidings.smtp.url", "smtp://localhost:" + plain.port() + "?tls=none"),
                        folder)) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(
                    () -> mail.progress(mailing).state() == MailingState.FINISHED, () -> "" + mail.progress(mailing));

            MailingProgress progress = mail.progress(mailing);
            assertThat(progress.sent()).isEqualTo(2);
            assertThat(progress.skipped()).isEqualTo(Map.of(SkipReason.ADDRESS_NOT_REACHABLE, 2L));
            assertThat(mail.figures.unsuccessful(24))
                    .containsExactly(
                            new Tries(MessageClass.NEWSLETTER, Outcome.FAILED, Side.PASSING, "UTF8_ADDRESS", 2));
            assertThat(mail.figures.refused(30)).containsExactly(new Refused(Side.PASSING, "UTF8_ADDRESS", 2, 0));
            assertThat(mail.figures.stopped()).isEmpty();
        }
    }

    @Test
    void stopsByItselfWhenMoreThanTwoPercentAreRefusedBecauseOfUs() {
        people.addMany(3_000);
        server.refuseAll(550, "5.7.1 message refused by policy");
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            awaitStopped(mail, mailing);

            SendingFigures.Stopped stopped = mail.figures.stopped().get(0);
            assertThat(stopped.mailing()).isEqualTo(mailing);
            assertThat(stopped.reason()).isEqualTo("POLICY");
            assertThat(stopped.said().kept()).contains("5.7.1");
            assertThat(stopped.ours()).isGreaterThanOrEqualTo(3).isLessThanOrEqualTo(stopped.tries());
            assertThat(mail.suppressions.none())
                    .as("the addresses can do nothing for it")
                    .isTrue();
            assertThat(lane(mail, MessageClass.NEWSLETTER).paused()).isEqualTo(1);

            server.acceptAll();
            database.inTransaction(() -> mail.mailings.resume(mailing));
            MailingProgress done = mail.awaitFinished(mailing);
            assertThat(done.sent() + done.failed()).isEqualTo(3_000);
            assertThat(done.failed()).isLessThan(3_000);
            assertThat(mail.figures.stopped()).isEmpty();
            database.inTransaction(() -> mail.mailings.resendToFailed(mailing));
            assertThat(mail.awaitFinished(mailing).sent()).isEqualTo(3_000);
        }
    }

    @Test
    void whoTriesAgainHasMendedItAndIsNotStoppedForWhatWasBefore() {
        people.addMany(2);
        server.refuseAll(550, "5.7.1 message refused by policy");
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            assertThat(mail.awaitFinished(mailing).failed()).isEqualTo(2);

            database.inTransaction(() -> mail.mailings.resendToFailed(mailing));

            assertThat(mail.awaitFinished(mailing).failed()).isEqualTo(2);
        }
    }

    @Test
    void whatStaffPauseLaterDidNotStopByItself() {
        people.addMany(600);
        server.refuseAll(550, "5.7.1 message refused by policy");
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            awaitStopped(mail, mailing);
            database.inTransaction(() -> mail.mailings.cancel(mailing));
            server.acceptAll();
            server.delayEveryMail(20);

            database.inTransaction(() ->
                    mail.mailings.resendToRest(mailing, EngineUnderTest.now().plusDays(1)));
            database.inTransaction(() -> mail.mailings.pause(mailing));

            assertThat(mail.progress(mailing).state()).isEqualTo(MailingState.PAUSED);
            assertThat(mail.progress(mailing).finishedAt()).isEmpty();
            assertThat(mail.figures.stopped()).isEmpty();
        }
    }

    @Test
    void goesOnWhenFewRefuseForReasonsOfTheirOwn() {
        people.addMany(300);
        for (UUID person : people.ids().subList(100, 150)) {
            server.refuse(people.addressOf(person), 550, "5.1.1 no such user");
        }
        for (UUID person : people.ids().subList(296, 300)) {
            server.refuse(people.addressOf(person), 550, "5.7.1 not welcome here");
        }
        try (EngineUnderTest mail = start()) {
            MailingProgress done = mail.awaitFinished(mail.start(MailKind.NEWSLETTER_ISSUE));

            assertThat(done.sent()).isEqualTo(246);
            assertThat(done.failed()).isEqualTo(54);
            assertThat(mail.figures.alarms()).isEmpty();
        }
    }

    @Test
    void raisesAnAlarmWhenOurSetUpIsRefusedAndTakesItAwayWhenTold() {
        people.addMany(60);
        server.refuseAll(550, "5.7.26 unauthenticated mail: SPF and DKIM did not pass");
        try (EngineUnderTest mail = start()) {
            awaitStopped(mail, mail.start(MailKind.SERVICE_NOTICE));

            Alarm alarm = mail.figures.alarms().get(0);
            assertThat(alarm.reason()).isEqualTo("AUTHENTICATION");
            assertThat(alarm.said().kept()).contains("5.7.26");
            assertThat(alarm.n()).isGreaterThanOrEqualTo(3);

            mail.figures.dismiss("AUTHENTICATION");
            assertThat(mail.figures.alarms()).isEmpty();
        }
    }

    @Test
    void raisesAnAlarmWhenWeAreOnABlocklist() {
        people.addMany(60);
        server.refuseAll(554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org");
        try (EngineUnderTest mail = start()) {
            awaitStopped(mail, mail.start(MailKind.NEWSLETTER_ISSUE));

            assertThat(mail.figures.alarms()).extracting(Alarm::reason).containsExactly("BLOCKLISTED");
            assertThat(mail.figures.alarms().get(0).said().kept()).contains("spamhaus");
            assertThat(mail.suppressions.none()).isTrue();
        }
    }

    @Test
    void raisesAnAlarmWhenTheServerDoesNotKnowOurLogin() {
        people.addMany(1);
        try (ScriptedSmtpServer strict = ScriptedSmtpServer.started()) {
            strict.require("acme", "right");
            TestSettings settings = TestSettings.acme()
                    .with("tidings.smtp.url", "smtp://acme:wrong@127.0.0.1:" + strict.port() + "?tls=none");
            try (EngineUnderTest mail = EngineUnderTest.started(database, people, settings, folder)) {
                mail.start(MailKind.NEWSLETTER_ISSUE);
                EngineUnderTest.await(() -> !mail.figures.alarms().isEmpty(), () -> "an alarm");

                assertThat(mail.figures.alarms()).extracting(Alarm::reason).containsExactly("LOGIN");
                assertThat(strict.mails()).isEmpty();
            }
        }
    }

    /** RCV-04: of newsletters, whatever else was sent that day. */
    @Test
    void complaintsAreMeasuredAgainstTheNewslettersOfTheirDay() {
        try (EngineUnderTest mail = start()) {
            handedOver(0, MessageClass.NEWSLETTER, 20_000);
            handedOver(0, MessageClass.ACCOUNT, 50_000);
            handedOver(1, MessageClass.NEWSLETTER, 10_000);
            complained(0, 19);
            complained(1, 30);

            List<SendingFigures.Day> days = mail.figures.days(3);

            assertThat(days).extracting(SendingFigures.Day::complaints).containsExactly(0L, 30L, 19L);
            assertThat(days).extracting(SendingFigures.Day::newsletters).containsExactly(0L, 10_000L, 20_000L);
            // Per million: the lines are at 1,000 (0.1 %) and 3,000 (0.3 %).
            assertThat(days)
                    .extracting(SendingFigures.Day::complaintsPerMillion)
                    .containsExactly(0L, 3_000L, 950L);
        }
    }

    private void handedOver(int daysAgo, MessageClass lane, long n) {
        new Sql(database.dataSource())
                .update(
                        "insert into mail.tries_by_hour (at_hour, mailing, lane, outcome, reason, n) values (?, 7, ?, ?, '', ?)",
                        EngineUnderTest.now().truncatedTo(ChronoUnit.DAYS).minusDays(daysAgo),
                        Codes.of(lane),
                        Codes.HANDED_OVER,
                        n);
    }

    private void complained(int daysAgo, long n) {
        new Sql(database.dataSource())
                .update(
                        "insert into mail.returns_by_day (on_day, mailing, sort, reason, n) values (?, 7, 'Complaint', 'ABUSE', ?)",
                        EngineUnderTest.now().toLocalDate().minusDays(daysAgo),
                        n);
    }

    @Test
    void raisesAnAlarmWhenTheServerOffersNoEncryption() {
        people.addMany(1);
        TestSettings settings =
                TestSettings.acme().with("tidings.smtp.url", server.url().replace("none", "required"));
        try (EngineUnderTest mail = EngineUnderTest.started(database, people, settings, folder)) {
            mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(() -> !mail.figures.alarms().isEmpty(), () -> "an alarm");

            assertThat(mail.figures.alarms()).extracting(Alarm::reason).containsExactly("TLS");
        }
    }
}
