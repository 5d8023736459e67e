package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static Settings patience(String value) {
        return new Settings(new Properties(), Map.of("TIDINGS_STOP_PATIENCE", value));
    }

    @Test
    void waitsForMailsInFlightForHalfAMinuteUnlessTold() {
        Settings settings = new Settings(new Properties(), Map.of());

        assertThat(settings.stopPatience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.stopDelay()).isZero();
        assertThat(settings.longestStop()).isEqualTo(Duration.ofSeconds(75));
    }

    @Test
    void waitsAsLongAsTold() {
        assertThat(patience("PT2M").stopPatience()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "PT2H", "-PT1S", "soon"})
    void refusesWhatIsNoDurationUpToAnHour(String value) {
        assertThatThrownBy(() -> patience(value).stopPatience())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("tidings.stop.patience is \"" + value + "\"")
                .hasMessageContaining("PT0S to PT1H");
    }

    /** Tried one after the other: with each of them the server did not start, or kept its data elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a!b", "a:b", "a?b", "a*b", "a[b", "a]b", "${a}", "a\\b", "a\u0007b"})
    void refusesFoldersThatDatabaseOrContainerCannotDoWith(String name) {
        for (String key : List.of("tidings.data.dir", "tidings.runtime.dir")) {
            Settings settings = new Settings(new Properties(), Map.of(key, "/srv/" + name + "/tidings"));

            assertThatThrownBy(settings::check)
                    .isInstanceOf(CannotStart.class)
                    .extracting(failure -> ((CannotStart) failure).reason())
                    .asString()
                    .startsWith(key + " is /srv/")
                    .contains("\"" + name + "\"");
        }
    }
}
