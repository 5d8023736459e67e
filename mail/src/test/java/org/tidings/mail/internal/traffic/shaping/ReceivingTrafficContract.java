package org.tidings.mail.internal.traffic.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.settings.ReceivingLimits;
import org.tidings.mail.internal.traffic.shaping.ReceivingTraffic.Leave;
import org.tidings.mail.internal.traffic.shaping.ReceivingTraffic.Passage;
import org.tidings.mail.testing.MovableClock;
import org.tidings.mail.testing.TestDatabase;

/** Limits of receivers with R01 to R03, on each database. */
abstract class ReceivingTrafficContract {

    private static final Dns NO_DNS = new Dns() {
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
    };

    private final MovableClock clock = MovableClock.standing();
    private final TestDatabase database = freshDatabase();
    private final ReceivingTraffic traffic = node(ReceivingLimits.parse("").orElseThrow());

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    private ReceivingTraffic node(ReceivingLimits limits) {
        ReceivingTraffic made = new ReceivingTraffic(
                limits,
                new Receivers(NO_DNS, task -> {}, clock),
                new ReceivingBook(database.dataSource()),
                clock,
                () -> clock.instant().toEpochMilli() * 1_000_000L);
        synchronise(made, 1);
        clock.advance(Duration.ofSeconds(1));
        return made;
    }

    private void synchronise(ReceivingTraffic one, int nodes) {
        one.synchronise(nodes, work -> database.inTransaction(work::run));
    }

    /** Sends as fast as it may, answers at once; says how many went. */
    private int sendFor(ReceivingTraffic by, String receiver, Duration time) {
        int sent = 0;
        OffsetDateTime end = clock.now().plus(time);
        while (clock.now().isBefore(end)) {
            while (by.ask(receiver) == Leave.GO) {
                by.begin(receiver).accepted();
                sent++;
            }
            clock.advance(Duration.ofMillis(5));
        }
        return sent;
    }

    private void refuse(ReceivingTraffic by, String receiver, int code, String text) {
        by.begin(receiver).refused(code, text);
    }

    @Test
    void fiveMailsAtOnceForGoogleAndTenForOthers_R01_R02() {
        Map<String, Integer> allowed =
                Map.of("google", 5, "outlook", 5, "o365", 5, "icloud", 10, "gmx", 4, "a.org", 10);
        allowed.forEach((receiver, atOnce) -> {
            List<Passage> onTheirWay = new ArrayList<>();
            while (onTheirWay.size() < 50 && traffic.ask(receiver) == Leave.GO) {
                onTheirWay.add(traffic.begin(receiver));
                clock.advance(Duration.ofMillis(20));
            }
            assertThat(onTheirWay).as(receiver).hasSize(atOnce);
            assertThat(traffic.ask(receiver)).as(receiver).isEqualTo(Leave.WAIT);
            onTheirWay.get(0).accepted();
            assertThat(traffic.ask(receiver)).as(receiver).isEqualTo(Leave.GO);
        });
    }

    @Test
    void mailsPerConnectionOfR01AndR02() {
        assertThat(traffic.mailsPerConnection("google")).isEqualTo(50);
        assertThat(traffic.mailsPerConnection("yahoo")).isEqualTo(20);
        assertThat(traffic.mailsPerConnection("gmx")).isEqualTo(20);
        assertThat(traffic.mailsPerConnection("example.org")).isEqualTo(100);
    }

    @Test
    void hundredMailsASecondForEachReceiver_R01() {
        assertThat(sendFor(traffic, "example.org", Duration.ofSeconds(10))).isCloseTo(1_000, within(15));
    }

    @Test
    void nodesShareARate() {
        synchronise(traffic, 2);
        assertThat(sendFor(traffic, "example.org", Duration.ofSeconds(10))).isCloseTo(500, within(10));
    }

    @Test
    void rateLimitReplySlowsOnlyItsReceiver_R03() {
        refuse(traffic, "google", 421, "4.7.0 try again later rate limited");

        int google = sendFor(traffic, "google", Duration.ofMinutes(10));
        assertThat(google).isBetween(9, 10);
        assertThat(sendFor(traffic, "example.org", Duration.ofSeconds(1))).isGreaterThan(90);
        traffic.begin("google").accepted();
        assertThat(traffic.ask("google")).isEqualTo(Leave.LATER);

        clock.advance(Duration.ofMinutes(81));
        assertThat(sendFor(traffic, "google", Duration.ofSeconds(10))).isGreaterThan(900);
    }

    @Test
    void oneMailAtOnceWhileSlowed_R03() {
        refuse(traffic, "google", 450, "4.2.1 Server busy");
        clock.advance(Duration.ofSeconds(61));
        assertThat(traffic.ask("google")).isEqualTo(Leave.GO);
        traffic.begin("google");
        clock.advance(Duration.ofSeconds(61));

        assertThat(traffic.ask("google")).isNotEqualTo(Leave.GO);
    }

    @Test
    void yahooPausesForTwoAndForFourHours_R03() {
        refuse(traffic, "yahoo", 421, "4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred");
        assertThat(traffic.paused("yahoo")).isTrue();
        clock.advance(Duration.ofMinutes(119));
        assertThat(traffic.ask("yahoo")).isEqualTo(Leave.LATER);
        clock.advance(Duration.ofMinutes(2));
        assertThat(traffic.ask("yahoo")).isEqualTo(Leave.GO);

        refuse(traffic, "yahoo", 421, "4.7.0 [TSS05] All messages from 192.0.2.1 will be deferred");
        clock.advance(Duration.ofMinutes(239));
        assertThat(traffic.paused("yahoo")).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(traffic.paused("yahoo")).isFalse();
    }

    @Test
    void gmailsUnusualRateMeansTenAMinuteForHalfAnHour_R03() {
        refuse(traffic, "google", 421, "4.7.28 Gmail has detected an unusual rate of mail");

        assertThat(sendFor(traffic, "google", Duration.ofMinutes(10))).isBetween(98, 101);
        clock.advance(Duration.ofMinutes(21));
        assertThat(sendFor(traffic, "google", Duration.ofSeconds(10))).isGreaterThan(900);
    }

    @Test
    void fiveSameDeferralsWithinAnHourPauseForOneHourThenTwo_R03() {
        for (int i = 0; i < 4; i++) {
            refuse(traffic, "example.org", 451, "4.3.0 temporary local problem");
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(traffic.paused("example.org")).isFalse();
        refuse(traffic, "example.org", 451, "4.3.0 temporary local problem");
        assertThat(traffic.paused("example.org")).isTrue();

        clock.advance(Duration.ofMinutes(61));
        assertThat(traffic.paused("example.org")).isFalse();
        for (int i = 0; i < 5; i++) {
            refuse(traffic, "example.org", 451, "4.3.0 temporary local problem");
        }
        clock.advance(Duration.ofMinutes(119));
        assertThat(traffic.paused("example.org")).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(traffic.paused("example.org")).isFalse();
    }

    @Test
    void fiveDeferralsOverMoreThanAnHourPauseNobody_R03() {
        for (int i = 0; i < 12; i++) {
            refuse(traffic, "example.org", 451, "4.3.0 temporary local problem");
            clock.advance(Duration.ofMinutes(20));
        }
        assertThat(traffic.paused("example.org")).isFalse();
    }

    @Test
    void fewDeferralsAmongManyMailsPauseNobody() {
        sendFor(traffic, "example.org", Duration.ofSeconds(10));
        for (int i = 0; i < 20; i++) {
            refuse(traffic, "example.org", 451, "4.3.0 temporary local problem");
        }
        assertThat(traffic.paused("example.org")).isFalse();
    }

    @Test
    void fullMailboxesAndGreylistingSayNothingOfTheReceiver() {
        for (int i = 0; i < 20; i++) {
            refuse(traffic, "example.org", 452, "4.2.2 mailbox full");
            refuse(traffic, "example.org", 450, "4.7.1 greylisted, come back later");
            refuse(traffic, "example.org", 550, "5.1.1 no such user");
        }
        assertThat(traffic.paused("example.org")).isFalse();
        assertThat(traffic.states(10).get(0).restraint()).isEmpty();
    }

    @Test
    void restartAndOtherNodeKeepToIt() {
        ReceivingTraffic other = node(ReceivingLimits.parse("").orElseThrow());
        refuse(traffic, "yahoo", 421, "4.7.0 [TSS04] temporarily deferred");
        synchronise(traffic, 2);

        ReceivingTraffic restarted = node(ReceivingLimits.parse("").orElseThrow());
        synchronise(other, 2);

        assertThat(restarted.ask("yahoo")).isEqualTo(Leave.LATER);
        assertThat(other.ask("yahoo")).isEqualTo(Leave.LATER);
        Restraint kept = restarted.states(10).get(0).restraint().orElseThrow();
        assertThat(kept.receiver()).isEqualTo("yahoo");
        assertThat(kept.reason()).contains("TSS04");
        assertThat(kept.isPause()).isTrue();
        clock.advance(Duration.ofHours(3));
        synchronise(other, 2);
        assertThat(other.ask("yahoo")).isEqualTo(Leave.GO);
    }

    @Test
    void severalNodesLearnTogether() {
        ReceivingTraffic other = node(ReceivingLimits.parse("").orElseThrow());
        refuse(traffic, "google", 421, "rate limited");
        refuse(other, "google", 421, "unusual rate");
        synchronise(traffic, 2);
        synchronise(other, 2);
        synchronise(traffic, 2);

        Optional<Restraint> restraint = traffic.states(10).get(0).restraint();
        assertThat(restraint).isEqualTo(other.states(10).get(0).restraint());
        assertThat(restraint.orElseThrow().perMinute()).isEqualTo(1);
        assertThat(Duration.between(clock.now(), restraint.get().until())).isGreaterThan(Duration.ofMinutes(80));
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLater() {
        refuse(traffic, "yahoo", 421, "[TSS04]");
        assertThatThrownBy(() -> traffic.synchronise(
                        1,
                        work -> database.inTransaction(() -> {
                            work.run();
                            throw new IllegalStateException("the commit failed");
                        })))
                .hasMessage("the commit failed");

        ReceivingTraffic restarted = node(ReceivingLimits.parse("").orElseThrow());
        assertThat(restarted.paused("yahoo")).isFalse();
        assertThat(traffic.paused("yahoo")).isTrue();
        synchronise(traffic, 1);
        synchronise(restarted, 1);
        assertThat(restarted.paused("yahoo")).isTrue();
    }

    @Test
    void staffLiftARestraintForAllNodes() {
        ReceivingTraffic other = node(ReceivingLimits.parse("").orElseThrow());
        refuse(traffic, "yahoo", 421, "[TSS04]");
        synchronise(traffic, 2);
        synchronise(other, 2);

        database.inTransaction(() -> other.lift("yahoo"));
        synchronise(traffic, 2);

        assertThat(traffic.paused("yahoo")).isFalse();
        assertThat(other.paused("yahoo")).isFalse();
    }

    @Test
    void bookedTimesAreSpreadAtTheReceiversPace() {
        OffsetDateTime first = traffic.book("google", 1);
        OffsetDateTime last = first;
        for (int i = 0; i < 1_000; i++) {
            last = traffic.book("google", 1);
        }
        assertThat(Duration.between(clock.now(), first)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        assertThat(Duration.between(first, last)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void bookedTimesLieBehindAPauseAndFewDuringSlowness() {
        refuse(traffic, "yahoo", 421, "[TSS04]");
        assertThat(traffic.book("yahoo", 1)).isAfterOrEqualTo(clock.now().plusHours(2));

        refuse(traffic, "google", 421, "rate limited");
        OffsetDateTime slowUntil = clock.now().plusMinutes(90);
        int during = 0;
        OffsetDateTime last = clock.now();
        for (int i = 0; i < 10_000; i++) {
            last = traffic.book("google", 1);
            during += last.isBefore(slowUntil) ? 1 : 0;
        }
        assertThat(during).isBetween(85, 90);
        assertThat(last).isCloseTo(slowUntil.plusSeconds(99), within(60, ChronoUnit.SECONDS));
    }

    @Test
    void restartGivesNobodyAMailMore() {
        refuse(traffic, "google", 421, "rate limited");
        synchronise(traffic, 1);
        ReceivingTraffic restarted = node(ReceivingLimits.parse("").orElseThrow());

        assertThat(sendFor(restarted, "google", Duration.ofSeconds(55))).isZero();
        assertThat(sendFor(restarted, "google", Duration.ofSeconds(10))).isEqualTo(1);
    }

    @Test
    void operatorsFiguresReplaceTheDefaults() {
        ReceivingTraffic own = node(ReceivingLimits.parse("google=0/0/0, example.org = 1/7/2, *=3/100/50")
                .orElseThrow());

        for (int i = 0; i < 500; i++) {
            assertThat(own.ask("google")).isEqualTo(Leave.GO);
            own.begin("google");
        }
        assertThat(sendFor(own, "example.org", Duration.ofSeconds(10))).isBetween(19, 21);
        assertThat(own.mailsPerConnection("example.org")).isEqualTo(7);
        assertThat(sendFor(own, "else.org", Duration.ofSeconds(10))).isBetween(490, 510);
    }

    @Test
    void forgetsWhatIsLongOver() throws SQLException {
        refuse(traffic, "yahoo", 421, "[TSS04]");
        synchronise(traffic, 1);
        clock.advance(Duration.ofDays(8));
        database.inTransaction(traffic::forgetOld);

        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement("select receiver from mail.receiving_limits")) {
            assertThat(select.executeQuery().next()).isFalse();
        }
    }
}
