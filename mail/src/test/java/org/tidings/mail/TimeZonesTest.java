package org.tidings.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/Argentina/ComodRivadavia", "Asia/Calcutta", "UTC"})
    void knowsNamesOfTheIanaDatabase(String name) {
        assertThat(TimeZones.known(name)).contains(ZoneId.of(name));
        assertThat(TimeZones.nameOf(TimeZones.known(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "Berlin", "europe/berlin", "+02:00", "GMT+2", "Z", "SystemV/PST8", "../etc/passwd"})
    void takesNothingElse(String name) {
        assertThat(TimeZones.known(name)).isEmpty();
    }

    @Test
    void storesNothingForWhoDoesNotSay() {
        assertThat(TimeZones.nameOf(Optional.empty())).isEmpty();
    }
}
