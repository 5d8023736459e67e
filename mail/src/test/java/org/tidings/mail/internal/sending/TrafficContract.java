package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.SendingHours;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.internal.traffic.shaping.Fleet;
import org.tidings.mail.internal.traffic.shaping.Restraint;
import org.tidings.mail.testing.MovableClock;
import org.tidings.mail.testing.RecordingSmtpServer;
import org.tidings.mail.testing.RecordingSmtpServer.Mail;
import org.tidings.mail.testing.ScriptedSmtpServer;
import org.tidings.mail.testing.TestDatabase;

/** Servers, receivers and limits with the whole engine and servers that record; on each database. */
@Timeout(150)
abstract class TrafficContract {

    private static final String SLOW = "slow.example.net";

    @TempDir
    Path folder;

    private final FakeAudience people = new FakeAudience();
    private final RecordingSmtpServer server = RecordingSmtpServer.started();
    private final RecordingSmtpServer other = RecordingSmtpServer.started();
    private final TestDatabase database = freshDatabase();

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        server.close();
        other.close();
        database.close();
    }

    private TestSettings settings() {
        return TestSettings.acme().with("tidings.smtp.url", server.url()).with("tidings.mail.retries", "PT0.3S");
    }

    private TestSettings twoServers() {
        return settings().with("tidings.smtp.servers", "other").with("tidings.smtp.other.url", other.url());
    }

    private TestSettings limits(String limits) {
        return settings().with("tidings.mail.receiving.limits", limits);
    }

    private EngineUnderTest start(TestSettings settings) {
        return EngineUnderTest.started(database, people, settings, folder);
    }

    private EngineUnderTest start(TestSettings settings, Clock clock) {
        return EngineUnderTest.started(database, people, settings, folder, domain -> Optional.empty(), clock);
    }

    private void addMany(int count, String domain) {
        for (int i = 0; i < count; i++) {
            people.add("r" + i + "@" + domain, PersonState.SUBSCRIBED);
        }
    }

    private static Predicate<Mail> at(String domain) {
        return mail -> mail.to().endsWith("@" + domain);
    }

    private long sentTo(String domain) {
        return server.mails().stream().filter(at(domain)).count();
    }

    private int number(String sql) {
        return database.call(() -> (int) new Sql(database.dataSource()).number(sql));
    }

    private static boolean isDown(EngineUnderTest mail, int server) {
        return mail.engine.servers().get(server).downSince().isPresent();
    }

    @Test
    void otherServerTakesOverAndTheFirstComesBack() {
        people.addMany(800);
        server.delayEveryMail(3);
        other.delayEveryMail(3);
        try (EngineUnderTest mail = start(twoServers())) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            server.await(50);
            other.await(50);
            server.stop();

            MailingProgress done = mail.awaitFinished(mailing);
            assertThat(done.sent()).isEqualTo(800);
            assertThat(done.failed()).isZero();
            assertThat(isDown(mail, 0)).isTrue();
            assertThat(isDown(mail, 1)).isFalse();
            Fleet.State down = mail.engine.servers().get(0);
            assertThat(down.lastError()).isPresent();
            assertThat(down.nextTry()).isPresent();

            server.clear();
            server.start();
            MailingId again = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(() -> !server.mails().isEmpty(), () -> "a mail over the first server");
            mail.awaitFinished(again);
            assertThat(isDown(mail, 0)).isFalse();
        }
    }

    @Test
    void everyClassGoesOverItsServer() {
        UUID reader = people.add("zoe@example.org", PersonState.SUBSCRIBED);
        TestSettings settings = twoServers().with("tidings.smtp.other.classes", "NEWSLETTER");
        try (EngineUnderTest mail = start(settings.with("tidings.smtp.other.weight", "1000"))) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            server.await(1);
            server.clear();
            people.addMany(300);
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            // Nobody waits for a server whose first connection takes its time.
            other.await(1);
            int meanwhile = server.mails().size();
            mail.awaitFinished(mailing);

            assertThat(server.mails()).hasSizeLessThan(meanwhile + 50);
            assertThat(other.mails()).isNotEmpty();
            assertThat(other.mails()).noneMatch(m -> m.from().startsWith("account@"));
        }
    }

    @Test
    void receiverThatIsRateLimitedSlowsNobodyElse_R03() {
        addMany(150, "example.org");
        addMany(40, SLOW);
        people.ids().stream()
                .map(people::addressOf)
                .filter(address -> address.endsWith("@" + SLOW))
                .forEach(address -> server.refuse(address, 421, "4.7.0 try again later rate limited"));
        MailingId mailing;
        try (EngineUnderTest mail = start(limits(""))) {
            mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            EngineUnderTest.await(
                    () -> sentTo("example.org") == 150,
                    () -> "all of the others: " + server.mails().size());
            EngineUnderTest.await(
                    () -> number("select count(*) from mail.retries") == 40
                            && number("select count(*) from mail.claims") == 0,
                    () -> "all of the slow ones given back");

            // Given back by us: no try is used up, and each has a time of its own.
            assertThat(number("select count(*) from mail.retries where attempts > 0"))
                    .isZero();
            assertThat(number("select count(distinct next_try) from mail.retries"))
                    .isEqualTo(40);
            assertThat(mail.progress(mailing).failed()).isZero();
            EngineUnderTest.await(
                    () -> number("select count(*) from mail.receiving_limits") == 1, () -> "the limit on record");
        }

        server.acceptAll();
        try (EngineUnderTest restarted = start(limits(""))) {
            database.inTransaction(() -> new Sql(database.dataSource())
                    .update("update mail.retries set next_try = ?", EngineUnderTest.now()));
            UUID reader = people.add("somebody@" + SLOW, PersonState.ACTIVE);
            restarted.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(() -> sentTo(SLOW) == 1, () -> "account mail, which waits for no limit");
            EngineUnderTest.await(
                    () -> number("select count(*) from mail.retries where next_try < current_timestamp") == 0,
                    () -> "all of the slow ones put off again");

            assertThat(sentTo(SLOW)).isEqualTo(1);
            Restraint kept = restarted
                    .receiving
                    .orElseThrow()
                    .states(1)
                    .get(0)
                    .restraint()
                    .orElseThrow();
            assertThat(kept.receiver()).isEqualTo(SLOW);
            assertThat(kept.perMinute()).isEqualTo(1);
            assertThat(restarted.progress(mailing).state()).isEqualTo(MailingState.RUNNING);
        }
    }

    /** As 421 asks of a server: it hangs up. That is about one receiver; the server takes everybody else's mail. */
    @Test
    void receiverWhoseRefusalEndsTheConnectionIsSparedAndTheServerStaysUp_R03() {
        addMany(150, "example.org");
        addMany(20, SLOW);
        try (ScriptedSmtpServer strict = ScriptedSmtpServer.started()) {
            strict.offer("PIPELINING")
                    .onRecipient(to -> to.endsWith("@" + SLOW) ? "421 4.7.0 try again later, rate limited" : null);
            TestSettings settings =
                    limits("").with("tidings.smtp.url", "smtp://127.0.0.1:" + strict.port() + "?tls=none");
            try (EngineUnderTest mail = start(settings)) {
                MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
                EngineUnderTest.await(
                        () -> mail.progress(mailing).sent() == 150, () -> "the others: " + mail.progress(mailing));
                EngineUnderTest.await(
                        () -> number("select count(*) from mail.retries") == 20
                                && number("select count(*) from mail.claims") == 0,
                        () -> "all of the slow ones given back");

                assertThat(number("select count(*) from mail.retries where attempts > 0"))
                        .isZero();
                assertThat(mail.receiving.orElseThrow().states(1).get(0).restraint())
                        .isPresent();
                assertThat(isDown(mail, 0)).isFalse();
            }
        }
    }

    @Test
    void manyMailsToOneReceiverKeepNobodyWaiting_R01() {
        addMany(600, "gmail.com");
        addMany(600, "example.org");
        try (EngineUnderTest mail = start(limits("google=5/50/10, *=0/0/0"))) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            long begin = System.nanoTime();
            EngineUnderTest.await(() -> sentTo("example.org") == 600, () -> "everybody else");
            double seconds = (System.nanoTime() - begin) / 1e9;

            assertThat(seconds).as("without a limit nobody is put off").isLessThan(25);
            assertThat(sentTo("gmail.com")).isLessThanOrEqualTo((long) (10 * seconds) + 12);
            EngineUnderTest.await(
                    () -> number("select count(*) from mail.retries where state = 0") > 450,
                    () -> "given back: " + mail.progress(mailing));
            // At hand are two seconds' worth, not half of the mailing.
            assertThat(mail.progress(mailing).toGo()).isGreaterThan(400);
        }
    }

    @Test
    void twoMailingsProgressAlike() {
        people.addMany(1_000);
        server.delayEveryMail(2);
        try (EngineUnderTest mail = start(settings())) {
            OffsetDateTime soon = EngineUnderTest.now().plusSeconds(1);
            MailingId one = mail.start(MailKind.NEWSLETTER_ISSUE, soon);
            MailingId two = mail.start(MailKind.NEWSLETTER_ISSUE, soon);
            EngineUnderTest.await(
                    () -> mail.progress(one).sent() == 1_000
                            || mail.progress(two).sent() == 1_000,
                    () -> "one finished");

            assertThat(Math.min(mail.progress(one).sent(), mail.progress(two).sent()))
                    .isGreaterThan(600);
        }
    }

    @Test
    void mailingKeepsToItsMailsASecond() {
        people.addMany(60);
        try (EngineUnderTest mail = start(settings())) {
            OffsetDateTime now = EngineUnderTest.now();
            long begin = System.nanoTime();
            MailingId mailing = mail.start(
                    MailKind.NEWSLETTER_ISSUE,
                    people.name(),
                    now,
                    now.plusDays(1),
                    new MailingLimits(Duration.ZERO, 20, Optional.empty()));
            mail.awaitFinished(mailing);

            assertThat((System.nanoTime() - begin) / 1e9).isGreaterThan(2);
        }
    }

    /** S07: also what was reserved in time, and waited for a server until it was too late. */
    @Test
    void whatExpiresWhileItsServerIsDownDoesNotGo() {
        MovableClock clock = MovableClock.standing();
        people.addMany(30);
        UUID reader = people.add("letter@example.org", PersonState.SUBSCRIBED);
        server.stop();
        try (EngineUnderTest mail = start(settings(), clock)) {
            MailingId mailing = mail.start(
                    MailKind.SERVICE_NOTICE,
                    people.name(),
                    clock.now(),
                    clock.now().plusHours(2),
                    MailingLimits.NONE);
            mail.post(MailKind.ACCOUNT_NOTICE, reader, clock.now().plusHours(1));
            EngineUnderTest.await(() -> number("select count(*) from mail.claims") > 0, () -> "reserved");
            EngineUnderTest.await(() -> isDown(mail, 0), () -> "a server that is down");

            clock.advance(Duration.ofHours(3));
            server.start();

            assertThat(mail.awaitFinished(mailing).skipped()).isEqualTo(Map.of(SkipReason.EXPIRED, 31L));
            EngineUnderTest.await(() -> mail.engine.state().waiting() == 0, () -> "the letter over");
            assertThat(server.mails()).isEmpty();
        }
    }

    /** Also when there is one connection for all, and announcements are held up by their rate. */
    @Test
    void passwordMailOvertakesAnnouncementsThatWaitForTheirRate() {
        people.addMany(200);
        UUID reader = people.add("first@example.org", PersonState.ACTIVE);
        TestSettings slow = settings().with("tidings.smtp.connections", "1").with("tidings.smtp.per-second", "1");
        try (EngineUnderTest mail = start(slow)) {
            mail.start(MailKind.SERVICE_NOTICE);
            server.await(2);
            int before = server.mails().size();
            long posted = System.nanoTime();
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            EngineUnderTest.await(() -> !server.mailsTo("first@example.org").isEmpty(), () -> "the letter");

            assertThat(Duration.ofNanos(System.nanoTime() - posted)).isLessThan(Duration.ofSeconds(2));
            assertThat(server.mails()).hasSizeLessThan(before + 5);
        }
    }

    @Test
    void mailingWaitsForItsHours() {
        MovableClock clock = MovableClock.at("2026-11-22T07:30:00Z");
        people.addMany(50);
        TestSettings berlin = settings().with("tidings.site.zone", "Europe/Berlin");
        try (EngineUnderTest mail = start(berlin, clock)) {
            MailingId mailing = startBetweenNineAndSix(mail, clock);
            UUID reader = people.ids().get(0);
            people.become(reader, PersonState.ACTIVE);
            mail.post(MailKind.ACCOUNT_NOTICE, reader, clock.now().plusHours(1));
            server.await(1);
            people.become(reader, PersonState.SUBSCRIBED);
            EngineUnderTest.pause(1_000);
            assertThat(server.mails()).hasSize(1);

            clock.advance(Duration.ofMinutes(31));
            mail.awaitFinished(mailing);
            assertThat(server.mails()).hasSize(51);
        }
    }

    @Test
    void everybodyIsWrittenToInTheHoursOfTheirZone() {
        MovableClock clock = MovableClock.at("2026-11-22T08:00:00Z");
        Map<String, String> zones = Map.of(
                "berlin", "Europe/Berlin", "lisbon", "Europe/Lisbon", "tokyo", "Asia/Tokyo", "lima", "America/Lima");
        zones.forEach((name, zone) ->
                people.add(name + "@example.org", PersonState.SUBSCRIBED, Optional.of(ZoneId.of(zone))));
        people.add("unknown@example.org", PersonState.SUBSCRIBED);
        TestSettings utc = settings().with("tidings.site.zone", "UTC");
        try (EngineUnderTest mail = start(utc, clock)) {
            MailingId mailing = startBetweenNineAndSix(mail, clock);
            server.await(2);
            EngineUnderTest.await(() -> number("select count(*) from mail.retries") == 3, () -> "the others wait");
            assertThat(recipients()).containsExactlyInAnyOrder("berlin@example.org", "tokyo@example.org");

            clock.advance(Duration.ofMinutes(61));
            server.await(4);
            assertThat(recipients()).contains("lisbon@example.org", "unknown@example.org");

            clock.advance(Duration.ofHours(5));
            mail.awaitFinished(mailing);
            assertThat(recipients()).hasSize(5).contains("lima@example.org");
        }
    }

    @Test
    void nobodyIsPutOffOneByOneWhileItIsNightForAllWhoAreKnown() {
        MovableClock clock = MovableClock.at("2026-11-22T03:00:00Z");
        people.add("berlin@example.org", PersonState.SUBSCRIBED, Optional.of(ZoneId.of("Europe/Berlin")));
        people.add("unknown@example.org", PersonState.SUBSCRIBED);
        TestSettings utc = settings().with("tidings.site.zone", "UTC");
        try (EngineUnderTest mail = start(utc, clock)) {
            MailingId mailing = startBetweenNineAndSix(mail, clock);
            EngineUnderTest.pause(1_000);
            assertThat(number("select count(*) from mail.retries")).isZero();

            clock.advance(Duration.ofMinutes(301));
            server.await(1);
            assertThat(recipients()).containsExactly("berlin@example.org");

            clock.advance(Duration.ofHours(1));
            mail.awaitFinished(mailing);
            assertThat(recipients()).hasSize(2);
        }
    }

    private List<String> recipients() {
        return server.mails().stream().map(Mail::to).toList();
    }

    private MailingId startBetweenNineAndSix(EngineUnderTest mail, MovableClock clock) {
        return mail.start(
                MailKind.NEWSLETTER_ISSUE,
                people.name(),
                clock.now(),
                clock.now().plusDays(2),
                new MailingLimits(
                        Duration.ZERO, 0, Optional.of(new SendingHours(LocalTime.of(9, 0), LocalTime.of(18, 0)))));
    }
}
