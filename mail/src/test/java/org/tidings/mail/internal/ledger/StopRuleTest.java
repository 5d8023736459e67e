package org.tidings.mail.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** B05: at more than 2 %, or ten in five minutes. */
class StopRuleTest {

    private final StopRule rule = StopRule.read(key -> Optional.empty());

    @Test
    void stopsAboveTwoPercentAndNotAtTwo() {
        assertThat(rule.stops(1_000, 20, 0)).isFalse();
        assertThat(rule.stops(1_000, 21, 0)).isTrue();
        assertThat(rule.stops(149, 3, 0)).isTrue();
    }

    @Test
    void twoRefusalsSayNothing() {
        assertThat(rule.stops(2, 2, 2)).isFalse();
    }

    @Test
    void stopsAtTenOfTheSetUpWithinFiveMinutesHoweverManyGoWell() {
        assertThat(rule.stops(1_000_000, 9, 9)).isFalse();
        assertThat(rule.stops(1_000_000, 10, 10)).isTrue();
        assertThat(rule.stops(1_000_000, 5_000, 0)).isFalse();
    }

    @Test
    void canBeSetAndSwitchedOff() {
        assertThat(new StopRule(0, 0).stops(10, 10, 10)).isFalse();
        assertThat(StopRule.read(key -> Optional.of(" 5 ")).stops(100, 4, 4)).isFalse();
        assertThat(StopRule.read(key -> Optional.of("5")).stops(100, 4, 5)).isTrue();
        assertThatThrownBy(() -> StopRule.read(key -> Optional.of("-1"))).hasMessageContaining("tidings.mail.stop");
        assertThatThrownBy(() -> StopRule.read(key -> Optional.of("two"))).hasMessageContaining("whole number");
    }
}
