package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTest {

    /** SEC-55: whatever begins like a formula is text. */
    @Test
    void writesRowsThatAreNoFormulas() throws IOException {
        StringBuilder file = new StringBuilder();

        Spreadsheet.begin(file);
        Spreadsheet.row(file, List.of("=1+1", "a,b", "say \"no\"", "two\nlines", "\0@x", ""));

        assertThat(file).hasToString("\uFEFF'=1+1,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",'@x,\r\n");
    }

    /** REP-10: taking the guard off gives back exactly what there was. */
    @ParameterizedTest
    @ValueSource(strings = {"-5", "'-5", "''-5", "=1+1", "@x", "+49", "'", "''", "o'hara", "'quoted'", "", "\t-"})
    void takesTheGuardOffAgain_REP10(String value) {
        assertThat(Spreadsheet.unguarded(Spreadsheet.guarded(value))).isEqualTo(value);
        assertThat(Spreadsheet.guarded(value)).doesNotMatch("(?s)[=+\\-@\t\r].*");
    }
}
