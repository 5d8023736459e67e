package org.tidings.newsletter.internal.webhooks;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.tidings.mail.SiteSecret;
import org.tidings.site.Secrets;

/** Secrets and signatures of Standard Webhooks: {@code v1,} and the base64 of HMAC-SHA-256 over id, time and body, divided by dots. */
final class Signature {

    private final SiteSecret secret;

    Signature(SiteSecret secret) {
        this.secret = secret;
    }

    /** What only the site knows makes each; nothing of it is stored. */
    private byte[] key(UUID webhook, int number) {
        return Secrets.hmac(secret.keyFor("webhooks out"), webhook + " " + number);
    }

    String written(UUID webhook, int number) {
        return "whsec_" + Base64.getEncoder().encodeToString(key(webhook, number));
    }

    String of(UUID webhook, int number, UUID event, OffsetDateTime at, byte[] body) {
        SecretKey key = new SecretKeySpec(key(webhook, number), "HmacSHA256");
        byte[] begin = (event + "." + at.toEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] signed = new byte[begin.length + body.length];
        System.arraycopy(begin, 0, signed, 0, begin.length);
        System.arraycopy(body, 0, signed, begin.length, body.length);
        return "v1," + Base64.getEncoder().encodeToString(Secrets.hmac(key, signed));
    }
}
