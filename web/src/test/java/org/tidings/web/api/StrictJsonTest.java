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
    void refusesANulInsideAText() {
        assertThat(check("{\"windows\":[{\"from\":\"a\\u0000b\"}]}"))
                .containsExactly(new Problem.Violation("/windows/0/from", "invalid"));
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
