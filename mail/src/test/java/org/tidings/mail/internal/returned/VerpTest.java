package org.tidings.mail.internal.returned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class VerpTest {
    private final Verp verp = new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com");

    @Test
    void findsTheAddressAgain() {
        UUID hash = UUID.randomUUID();
        String address = verp.forLetter(hash);

        assertThat(address).matches("b\\+[a-z2-7]{26}\\.[a-z2-7]{16}@bounce\\.example\\.com");
        assertThat(verp.find(address)).contains(new Verp.Genuine(new Verp.Target(hash, OptionalLong.empty())));
    }

    @Test
    void findsMailingAndAddressAgainWhateverTheirSize() {
        Random random = new Random(5321);
        for (int i = 0; i < 2_000; i++) {
            long mailing = random.nextLong() >>> (1 + random.nextInt(63));
            UUID hash = new UUID(random.nextLong(), random.nextLong());
            String address = verp.forMailing(mailing, hash);

            assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
            assertThat(verp.find(address)).contains(new Verp.Genuine(new Verp.Target(hash, OptionalLong.of(mailing))));
        }
    }

    @Test
    void survivesAChangeOfCaseAndTextAround() {
        UUID hash = UUID.randomUUID();
        String field = "\"Bounce\" <" + verp.forLetter(hash).toUpperCase(Locale.ROOT) + ">, other@example.com";

        assertThat(verp.find(field)).contains(new Verp.Genuine(new Verp.Target(hash, OptionalLong.empty())));
    }

    @Test
    void tellsForgedTokensFromNone() {
        String address = verp.forLetter(UUID.randomUUID());
        String other = verp.forLetter(UUID.randomUUID());
        String mixed = address.substring(0, address.indexOf('.')) + other.substring(other.indexOf('.'));

        assertThat(verp.find(mixed)).contains(new Verp.Forged());
        assertThat(verp.find(mixed + " " + other)).get().isInstanceOf(Verp.Genuine.class);
        assertThat(verp.find("news@example.com")).isEmpty();
        assertThat(verp.find("b+short.abc@bounce.example.com")).isEmpty();
        assertThat(new Verp(new SecretKeySpec(new byte[] {1}, "HmacSHA256"), "x.example").find(address))
                .contains(new Verp.Forged());
    }
}
