package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleMemoryTest {

    @ParameterizedTest
    @CsvSource({
        // Nothing was collected yet.
        "100, 0, 0, true",
        "64, 0, 0, false",
        // After a mailing.
        "605, 126, 210, true",
        "575, 128, 210, true",
        // As it is left.
        "210, 126, 210, false",
        "316, 126, 210, false",
        "317, 126, 210, true",
        // It was told to keep a gigabyte.
        "1024, 126, 1024, false",
    })
    void collectsWhereTheHeapHoldsMuchMoreThanWasNeeded(long committedMb, long neededMb, long keptMb, boolean worthIt) {
        assertThat(IdleMemory.isWorthIt(committedMb << 20, neededMb << 20, keptMb << 20))
                .isEqualTo(worthIt);
    }
}
