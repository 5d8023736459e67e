package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleMemoryTest {

    @ParameterizedTest
    @CsvSource({
        // Nothing was collected yet.
        "100, 0, true",
        "64, 0, false",
        // After a mailing.
        "605, 126, true",
        "575, 128, true",
        // As it is left.
        "210, 126, false",
        "316, 126, false",
        "317, 126, true",
    })
    void collectsWhereTheHeapHoldsMuchMoreThanWasNeeded(long committedMb, long neededMb, boolean worthIt) {
        assertThat(IdleMemory.isWorthIt(committedMb << 20, neededMb << 20)).isEqualTo(worthIt);
    }
}
