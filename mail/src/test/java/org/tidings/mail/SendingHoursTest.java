package org.tidings.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private final SendingHours nineToSix = new SendingHours(LocalTime.of(9, 0), LocalTime.of(18, 0));

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00Z, 2026-11-22T08:00:00Z",
        "2026-11-22T07:59:59Z, 2026-11-22T08:00:00Z",
        "2026-11-22T16:59:59Z, 2026-11-22T16:59:59Z",
        "2026-11-22T17:00:00Z, 2026-11-23T08:00:00Z",
        "2026-11-22T23:30:00Z, 2026-11-23T08:00:00Z",
        // The clocks go forward on the last Sunday of March.
        "2027-03-27T18:00:00Z, 2027-03-28T07:00:00Z"
    })
    void findsTheNextOpenMomentInTheZone(OffsetDateTime moment, OffsetDateTime next) {
        assertThat(nineToSix.next(moment, BERLIN)).isEqualTo(next);
        assertThat(nineToSix.include(moment, BERLIN)).isEqualTo(moment.isEqual(next));
    }

    @Test
    void countsOnlyOpenTime() {
        OffsetDateTime friday = OffsetDateTime.parse("2026-11-20T15:00:00Z");

        assertThat(nineToSix.between(friday, friday.plusHours(1), BERLIN)).isEqualTo(Duration.ofHours(1));
        assertThat(nineToSix.between(friday, friday.plusHours(10), BERLIN)).isEqualTo(Duration.ofHours(2));
        assertThat(nineToSix.between(friday, friday.plusHours(24), BERLIN)).isEqualTo(Duration.ofHours(9));
        assertThat(nineToSix.between(friday, friday.minusHours(1), BERLIN)).isZero();
    }

    @Test
    void endsAfterItBegins() {
        assertThatThrownBy(() -> new SendingHours(LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsSayHowMuchLongerAMailingTakes() {
        assertThat(MailingLimits.NONE.days()).isZero();
        assertThat(new MailingLimits(Duration.ofHours(6), 0, Optional.empty()).days())
                .isEqualTo(1);
        assertThat(new MailingLimits(Duration.ofHours(12), 0, Optional.of(nineToSix)).days())
                .isEqualTo(2);
        assertThatThrownBy(() -> new MailingLimits(Duration.ofHours(49), 0, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MailingLimits(Duration.ZERO, -1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
