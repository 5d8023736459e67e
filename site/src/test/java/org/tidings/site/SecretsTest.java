package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SecretsTest {

    /** SEC-06. */
    @Test
    void tokensAreRandomAndLong() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> Secrets.token()))
                .doesNotHaveDuplicates()
                .allMatch(token -> token.matches("[A-Za-z0-9_-]{43}"));
    }

    /** RFC 4231, test case 2. */
    @Test
    void keyedHashIsThatOfTheStandard() {
        var key = new SecretKeySpec("Jefe".getBytes(StandardCharsets.UTF_8), "HmacSHA256");

        assertThat(HexFormat.of().formatHex(Secrets.hmac(key, "what do ya want for nothing?")))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(Secrets.keyedHash(key, "what do ya want for nothing?")).hasSize(43);
    }

    @Test
    void comparesWhatWasPresented() {
        assertThat(Secrets.equal("a", "a")).isTrue();
        assertThat(Secrets.equal("a", "b")).isFalse();
        assertThat(Secrets.equal("a", "aa")).isFalse();
    }
}
