package org.tidings.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class JobNotesTest {

    private final JobNotes notes = new JobNotes("tidy", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void knowsNothingBeforeTheFirstRun() {
        assertThat(notes.job().began()).isEmpty();
        assertThat(notes.job().fails()).isFalse();
    }

    @Test
    void throwsOnWhatFailsAndRemembersItsTypeAlone_SEC66() {
        assertThatThrownBy(() -> notes.run(() -> {
                    throw new IllegalStateException("ann@example.org");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(notes.job().fails()).isTrue();
        assertThat(notes.job().failures()).isEqualTo(1);
        assertThat(notes.job().toString()).contains("IllegalStateException").doesNotContain("ann@");
    }

    @Test
    void hasFailedWhenAPartHasAndFailsNoMoreOnceAllIsDone() {
        notes.run(() -> notes.partFailed(new IllegalStateException()));
        assertThat(notes.job().fails()).isTrue();
        assertThat(notes.job().failures()).isEqualTo(1);

        notes.run(() -> {});
        assertThat(notes.job().fails()).isFalse();
        assertThat(notes.job().runs()).isEqualTo(2);
        assertThat(notes.job().took())
                .hasValueSatisfying(took -> assertThat(took).isLessThan(Duration.ofMinutes(1)));
        assertThat(notes.job().running()).isFalse();
    }

    @Test
    void countsWithTheNextRunWhatFailedBetweenTwo() {
        notes.partFailed(new IllegalStateException());

        notes.run(() -> {});

        assertThat(notes.job().fails()).isTrue();
        assertThat(notes.job().failures()).isEqualTo(1);
    }
}
