package org.tidings.mail.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.secrets.KeptSiteSecret;
import org.tidings.mail.testing.FakeSiteSecret;

class KeySealTest {

    private static final UUID ID = new UUID(1, 2);
    private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.US_ASCII);

    private final KeySeal seal = new KeySeal(new FakeSiteSecret());

    @Test
    void opensWhatItSealedAndNeverSealsAlike() {
        byte[] sealed = seal.seal(SECRET, ID, "example.com", "2026h2r");

        assertThat(seal.open(sealed, ID, "example.com", "2026h2r")).hasValue(SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
        assertThat(seal.seal(SECRET, ID, "example.com", "2026h2r")).isNotEqualTo(sealed);
    }

    @Test
    void refusesAnotherRowAnotherSecretAndAChangedByte() {
        byte[] sealed = seal.seal(SECRET, ID, "example.com", "2026h2r");

        assertThat(seal.open(sealed, new UUID(1, 3), "example.com", "2026h2r")).isEmpty();
        assertThat(seal.open(sealed, ID, "example.org", "2026h2r")).isEmpty();
        assertThat(seal.open(sealed, ID, "example.com", "2026h2e")).isEmpty();
        assertThat(new KeySeal(new KeptSiteSecret(new byte[32])).open(sealed, ID, "example.com", "2026h2r"))
                .isEmpty();
        sealed[sealed.length - 1] ^= 1;
        assertThat(seal.open(sealed, ID, "example.com", "2026h2r")).isEmpty();
        assertThat(seal.open(new byte[3], ID, "example.com", "2026h2r")).isEmpty();
    }
}
