package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** REP-22 */
class StrictFormsTest {

    @ParameterizedTest
    @CsvSource({
        "a=b&c=d, a=b&c=d",
        "a, a=",
        "a&b=, a=&b=",
        "&&a=b&, a=b",
        "a=b=c, a=b%3Dc",
        "a=x+y%20z, a=x+y+z",
        "a=j%c3%b6rg%40example.org, a=j%C3%B6rg%40example.org",
        "=b, =b"
    })
    void writesEveryFormInOneWay(String sent, String read) {
        assertThat(normal(sent)).isEqualTo(read);
    }

    @Test
    void readsLettersThatNobodyEncoded() {
        assertThat(new String(StrictForms.normal("a=jörg".getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII))
                .isEqualTo("a=j%C3%B6rg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=j%F6rg", // Windows-1252
                "a=j\u00f6rg", // the same, not encoded
                "a=%C0%AF", // overlong
                "a=%E0%80%AF",
                "a=%ED%A0%80", // half of a surrogate pair
                "a=%F4%90%80%80", // beyond Unicode
                "a=%C3", // cut off
                "a=%",
                "a=%4",
                "a=%zz",
                "%F6=a",
                "ok=1&a=%ff"
            })
    void refusesWhatIsNoUtf8(String sent) {
        assertThatThrownBy(() -> normal(sent))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_CHARACTERS));
    }

    private static String normal(String sent) {
        return new String(StrictForms.normal(sent.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.US_ASCII);
    }
}
