package org.tidings.mail.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MailSettingsTest {

    @Test
    void refusesATakeoverOfNodesThatMayStillBeSending() {
        assertThatThrownBy(() -> TestSettings.acme()
                        .with("tidings.mail.takeover.after", "PT20S")
                        .read())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tidings.mail.takeover.after is PT20S and must be PT30S at least");
    }

    @Test
    void takesTheLeastTakeover() {
        assertThat(TestSettings.acme()
                        .with("tidings.mail.takeover.after", "PT30S")
                        .read()
                        .takeoverAfter())
                .isEqualTo(Duration.ofSeconds(30));
    }
}
