package org.tidings.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.web.problems.Problem;

class StrictJsonTest {

    record Window(String from, String to) {}

    record Notice(String title, List<Window> windows) {}

    @Test
    void takesWhatTheRecordNames() {
        assertThat(check("{\"title\":\"t\",\"windows\":[{\"from\":\"a\",\"to\":\"b\"}]}"))
                .isEmpty();
    }

    @Test
    void refusesAnUnknownName() {
        assertThat(check("{\"title\":\"t\",\"mandatory\":true}"))
                .containsExactly(new Problem.Violation("/…", "unknown"));
    }

    @Test
    void refusesAnUnknownNameInside() {
        assertThat(check("{\"windows\":[{\"from\":\"a\"},{\"role\":\"x\"}]}"))
                .containsExactly(new Problem.Violation("/windows/1/…", "unknown"));
    }

    @Test
    void refusesANameGivenTwice() {
        assertThat(check("{\"title\":\"t\",\"title\":\"u\"}"))
                .containsExactly(new Problem.Violation("/title", "duplicate"));
    }

    @Test
    void namesTheOddCharacterInsideAText_REP04() {
        assertThat(check("{\"windows\":[{\"from\":\"a\\u0000b\"}]}"))
                .containsExactly(
                        new Problem.Violation("/windows/0/from", "odd-character", "U+0000 NULL at position 2"));
        assertThat(check("{\"title\":\"Head\u2028line\"}"))
                .containsExactly(
                        new Problem.Violation("/title", "odd-character", "U+2028 LINE SEPARATOR at position 5"));
        assertThat(check("{\"title\":\"\\ud800\"}"))
                .containsExactly(new Problem.Violation("/title", "odd-character", "U+D800 SURROGATE at position 1"));
        assertThat(check("{\"title\":\"\\ud83d\\ude00 a\\n\\tb\"}")).isEmpty();
    }

    @Test
    void refusesOctetsThatAreNoUtf8_REP22() {
        byte[] latin = "{\"title\":\"J\u00f6rg\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> StrictJson.check(latin, Notice.class)).isInstanceOf(Problem.class);
    }

    /** A list of conditions, tags or addresses has no holes: resources would stumble over them. */
    @Test
    void refusesNullInAList() {
        assertThat(check("{\"title\":null,\"windows\":[{\"from\":null},null]}"))
                .containsExactly(new Problem.Violation("/windows/1", "missing"));
    }

    @Test
    void refusesWhatIsNotJson() {
        for (String body :
                List.of("", "{", "{\"title\":}", "{} {}", "nonsense", "null", "[]", "1", "\"x\"", "{\"title\":\"t\"")) {
            assertThatThrownBy(() -> check(body)).as(body).isInstanceOf(Problem.class);
        }
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> check("[".repeat(10_000))).isInstanceOf(Problem.class);
    }

    private static List<Problem.Violation> check(String json) {
        return StrictJson.check(json.getBytes(StandardCharsets.UTF_8), Notice.class);
    }
}
