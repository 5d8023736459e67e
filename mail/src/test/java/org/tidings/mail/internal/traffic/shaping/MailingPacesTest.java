package org.tidings.mail.internal.traffic.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.SendingHours;
import org.tidings.mail.testing.MovableClock;

class MailingPacesTest {

    private final MovableClock clock = MovableClock.standing();
    private final OffsetDateTime start = clock.now();
    private MailingPaces paces = fresh();
    private long left = 21_600;

    private MailingPaces fresh() {
        return new MailingPaces(clock, () -> clock.instant().toEpochMilli() * 1_000_000L, ZoneOffset.UTC);
    }

    private static MailingLimits over(Duration spread) {
        return new MailingLimits(spread, 0, Optional.empty());
    }

    private int sendFor(MailingLimits limits, int nodes, Duration time) {
        int sent = 0;
        OffsetDateTime end = clock.now().plus(time);
        while (clock.now().isBefore(end)) {
            int now = (int) Math.min(left, paces.allowance(7, limits, start, () -> left, nodes, 500));
            paces.reserved(7, now);
            left -= now;
            sent += now;
            clock.advance(Duration.ofMillis(200));
        }
        return sent;
    }

    @Test
    void withoutLimitsAsManyAsWanted() {
        assertThat(paces.allowance(7, MailingLimits.NONE, start, () -> left, 1, 500))
                .isEqualTo(500);
    }

    @Test
    void spreadsEvenlyOverSixHours() {
        assertThat(sendFor(over(Duration.ofHours(6)), 1, Duration.ofHours(3))).isCloseTo(10_800, within(60));
        assertThat(sendFor(over(Duration.ofHours(6)), 1, Duration.ofHours(3))).isCloseTo(10_800, within(60));
        assertThat(left).isLessThan(10);
        sendFor(over(Duration.ofHours(6)), 1, Duration.ofMinutes(1));
        assertThat(left).isZero();
    }

    @Test
    void keepsItsPaceOverRestartAndPause() {
        sendFor(over(Duration.ofHours(6)), 1, Duration.ofHours(2));
        paces = fresh();
        clock.advance(Duration.ofHours(2));

        assertThat(sendFor(over(Duration.ofHours(6)), 1, Duration.ofHours(1))).isCloseTo(7_200, within(60));
    }

    @Test
    void allowsNoLessThanNothingWhenTheClockIsSetBackIntoTheSpread() {
        long[] nanos = {0};
        paces = new MailingPaces(clock, () -> nanos[0], ZoneOffset.UTC);
        clock.advance(Duration.ofHours(7));
        paces.reserved(7, paces.allowance(7, over(Duration.ofHours(6)), start, () -> left, 1, 500));

        clock.advance(Duration.ofHours(-3));
        nanos[0] += Duration.ofSeconds(10).toNanos();

        assertThat(paces.allowance(7, over(Duration.ofHours(6)), start, () -> left, 1, 500))
                .isNotNegative();
    }

    @Test
    void nodesShareIt() {
        assertThat(sendFor(over(Duration.ofHours(6)), 2, Duration.ofMinutes(10)))
                .isCloseTo(300, within(10));
        assertThat(sendFor(new MailingLimits(Duration.ZERO, 8, Optional.empty()), 2, Duration.ofMinutes(1)))
                .isCloseTo(240, within(30));
    }

    @Test
    void keepsToMailsASecond() {
        assertThat(sendFor(new MailingLimits(Duration.ZERO, 5, Optional.empty()), 1, Duration.ofMinutes(1)))
                .isCloseTo(300, within(6));
    }

    @Test
    void closedHoursDoNotCountAsTimeToSendIn() {
        MailingLimits limits = new MailingLimits(
                Duration.ofHours(6), 0, Optional.of(new SendingHours(LocalTime.of(8, 0), LocalTime.of(10, 0))));
        sendFor(limits, 1, Duration.ofHours(2));
        assertThat(left).isCloseTo(14_400, within(60L));
        clock.advance(Duration.ofHours(22));

        assertThat(sendFor(limits, 1, Duration.ofHours(2))).isCloseTo(7_200, within(60));
    }
}
