package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValueRejected;

class AttributeTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "NUMBER; 12; 12",
                "NUMBER; -0.50; -0.5",
                "NUMBER; 3,5; 3.5",
                "NUMBER; 1,234,567; 1234567",
                "NUMBER; 1.234.567; 1234567",
                "NUMBER; 1 234,5; 1234.5",
                "NUMBER; 1,234; TWO_MEANINGS",
                "NUMBER; 1e9; NO_NUMBER",
                "NUMBER; 1000000000000000; OUT_OF_RANGE",
                "NUMBER; 0.0000001; OUT_OF_RANGE",
                "DATE; 2026-02-29; NO_DATE",
                "DATE; 2024-02-29T10:00:00Z; 2024-02-29",
                "DATE; 31/12/2026; 2026-12-31",
                "DATE; 12/31/2026; 2026-12-31",
                "DATE; 1. 2. 2026; 2026-02-01",
                "YES_NO; OUI; yes",
                "YES_NO; nein; no",
                "YES_NO; ; NEITHER_YES_NOR_NO"
            })
    void readsWhatPeopleWrite(String type, String typed, String expected) {
        assertThat(read(AttributeType.valueOf(type), typed == null ? "" : typed))
                .isEqualTo(expected);
    }

    private static String read(AttributeType type, String typed) {
        try {
            return type.read(typed, List.of());
        } catch (AttributeValueRejected e) {
            return e.reason().name();
        }
    }

    /** Whatever the collation: keys have digits and the same signs at the same places. */
    @Test
    void keysOfNumbersAreInTheirOrder() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            BigDecimal one = number(random);
            BigDecimal other = number(random);
            String a = AttributeType.NUMBER.sortKey(one.toPlainString());
            String b = AttributeType.NUMBER.sortKey(other.toPlainString());
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(one.compareTo(other));
            assertThat(a).hasSameSizeAs(b).matches("[0-9]{16}\\.[0-9]{6}");
        }
    }

    private static BigDecimal number(Random random) {
        return BigDecimal.valueOf(random.nextLong() % 1_000_000_000_000L, random.nextInt(7));
    }
}
