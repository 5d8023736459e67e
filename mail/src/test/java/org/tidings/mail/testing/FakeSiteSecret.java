package org.tidings.mail.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.tidings.mail.SiteSecret;

/** The same keys in every run, different for each purpose. */
public final class FakeSiteSecret implements SiteSecret {

    @Override
    public SecretKey keyFor(String purpose) {
        try {
            byte[] key =
                    MessageDigest.getInstance("SHA-256").digest(("test " + purpose).getBytes(StandardCharsets.UTF_8));
            return new SecretKeySpec(key, "HmacSHA256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
