package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is turned away at the edge is told what to do, whole, in each language, with the headers of all answers (SEC-43). */
class RefusalTest {

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void saysWhatToDoInEachLanguage_SEC43(Refusal refusal) {
        String answer = new String(refusal.bytes(), StandardCharsets.UTF_8);
        int end = answer.indexOf("\r\n\r\n");
        String head = answer.substring(0, end);
        String page = answer.substring(end + 4);
        assertThat(head)
                .contains("Content-Length: " + page.getBytes(StandardCharsets.UTF_8).length)
                .contains("Connection: close")
                .contains(AnswerHeaders.LINES.strip());
        assertThat(page)
                .contains("<p lang=\"en\">", "<p lang=\"de\">", "<p lang=\"fr\">")
                .contains("<meta name=\"color-scheme\" content=\"light dark\">")
                .doesNotContain("%s", "null");
    }
}
