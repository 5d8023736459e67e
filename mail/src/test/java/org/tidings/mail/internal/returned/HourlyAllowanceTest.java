package org.tidings.mail.internal.returned;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.MovableClock;

class HourlyAllowanceTest {

    private final MovableClock clock = MovableClock.standing();

    @Test
    void endsWithTheMailsAndComesBackWithTheHour() {
        HourlyAllowance allowance = new HourlyAllowance(2, 1_000, clock);
        assertThat(allowance.take(10)).isTrue();
        assertThat(allowance.take(10)).isTrue();

        assertThat(allowance.isUsedUp()).isTrue();
        assertThat(allowance.take(10)).isFalse();
        clock.advance(Duration.ofMinutes(59));
        assertThat(allowance.isUsedUp()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(allowance.take(10)).isTrue();
    }

    @Test
    void endsWithTheBytesAndTakesWhatStillFits() {
        HourlyAllowance allowance = new HourlyAllowance(100, 1_000, clock);
        assertThat(allowance.take(900)).isTrue();

        assertThat(allowance.take(101)).isFalse();
        assertThat(allowance.isUsedUp()).isFalse();
        assertThat(allowance.take(100)).isTrue();
        assertThat(allowance.isUsedUp()).isTrue();
    }
}
