package org.tidings.web.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void readsTheClockOfTheZone() {
        assertThat(Moments.read("2026-12-24T18:00", BERLIN)).contains(OffsetDateTime.parse("2026-12-24T17:00Z"));
        assertThat(Moments.read("2027-10-31T02:30", BERLIN))
                .as("the first of two")
                .contains(OffsetDateTime.parse("2027-10-31T00:30Z"));
    }

    @Test
    void movesNoTimeThatClocksJumpOver() {
        assertThat(Moments.read("2027-03-28T02:30", BERLIN)).isEmpty();
        assertThat(Moments.skipped("2027-03-28T02:30", BERLIN)).isTrue();
        assertThat(Moments.read("2027-03-28T02:30", ZoneId.of("UTC"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2026-02-30T10:00", "2026-12-24", "24.12.2026 18:00"})
    void readsNothingElse(String typed) {
        assertThat(Moments.read(typed, BERLIN)).isEmpty();
        assertThat(Moments.skipped(typed, BERLIN)).isFalse();
    }
}
