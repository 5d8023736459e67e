package org.tidings.mail.internal.returned.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the checks of origin share. */
final class WebhookSignatures {
    private WebhookSignatures() {}

    static byte[] once(String signed, byte[] body) {
        return signed.isEmpty() ? body : signed.getBytes(StandardCharsets.UTF_8);
    }

    static boolean isRecent(String unixSeconds, Instant now, Duration atMost) {
        if (!unixSeconds.matches("\\d{1,12}")) {
            return false;
        }
        return Duration.between(Instant.ofEpochSecond(Long.parseLong(unixSeconds)), now)
                        .abs()
                        .compareTo(atMost)
                <= 0;
    }

    static boolean verifies(String algorithm, PublicKey key, byte[] signed, String signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(Base64.getDecoder().decode(signature.strip()));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    static String hmac(String key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    static String hmac(String key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
