package org.tidings.site;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Random secrets, hashes and keyed hashes, as they are written everywhere: base64url without padding (RFC 4648 section 5), 43 characters
 * for 32 bytes.
 */
public final class Secrets {

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A secret that is handed out: 32 random bytes (SEC-06). What is stored of it is its {@link #sha256}; with 256 random bits that is enough. */
    public static String token() {
        return random(TOKEN_BYTES);
    }

    public static String random(int bytes) {
        return written(randomBytes(bytes));
    }

    public static byte[] randomBytes(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    public static String sha256(String text) {
        return written(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The HMAC-SHA-256 (RFC 2104): a hash that only who has the key can compute. */
    public static String keyedHash(SecretKey key, String text) {
        return written(hmac(key, text));
    }

    public static byte[] hmac(SecretKey key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] hmac(SecretKey key, byte[] bytes) {
        return keyed(key).doFinal(bytes);
    }

    /** For who computes very many: a clone is several times cheaper than a new one. */
    public static Mac keyed(SecretKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    /** Compared in the same time wherever they differ. */
    public static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    public static String written(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
