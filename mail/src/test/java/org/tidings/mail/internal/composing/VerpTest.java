package org.tidings.mail.internal.composing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class VerpTest {
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-22T00:00:00Z");
    private final Verp verp = new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com");

    @Test
    void findsTheAddressAgain() {
        UUID hash = UUID.randomUUID();
        String address = verp.forLetter(hash, AT);

        assertThat(address).matches("b\\+[a-z2-7]{31}\\.[a-z2-7]{16}@bounce\\.example\\.com");
        assertThat(verp.find(address))
                .contains(new Verp.Genuine(new Verp.Target(hash, OptionalLong.empty(), Optional.of(AT))));
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
        String field = "\"Bounce\" <" + verp.forLetter(hash, AT).toUpperCase(Locale.ROOT) + ">, other@example.com";

        assertThat(verp.find(field))
                .contains(new Verp.Genuine(new Verp.Target(hash, OptionalLong.empty(), Optional.of(AT))));
    }

    @Test
    void tellsForgedTokensFromNone() {
        String address = verp.forLetter(UUID.randomUUID(), AT);
        String other = verp.forLetter(UUID.randomUUID(), AT);
        String mixed = address.substring(0, address.indexOf('.')) + other.substring(other.indexOf('.'));

        assertThat(verp.find(mixed)).contains(new Verp.Forged());
        assertThat(verp.find(mixed + " " + other)).get().isInstanceOf(Verp.Genuine.class);
        assertThat(verp.find("news@example.com")).isEmpty();
        assertThat(verp.find("b+short.abc@bounce.example.com")).isEmpty();
        assertThat(new Verp(new SecretKeySpec(new byte[] {1}, "HmacSHA256"), "x.example").find(address))
                .contains(new Verp.Forged());
    }
}
