package org.tidings.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdempotencyFilterTest {

    /** ADR 46: none is stored. */
    @Test
    void keepsNoSecretOfAWebhook() {
        assertThat(kept("{\"id\":1,\"secret\":\"whsec_ab+/=\",\"url\":\"é\"}"))
                .isEqualTo("{\"id\":1,\"secret\":null,\"url\":\"é\"}");
        assertThat(kept("{\"id\":1}")).isEqualTo("{\"id\":1}");
    }

    private static String kept(String answer) {
        return new String(
                IdempotencyFilter.withoutSecret(answer.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
