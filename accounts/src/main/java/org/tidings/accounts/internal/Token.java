package org.tidings.accounts.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret that is handed out: 32 random bytes as 43 base64url characters (SEC-06). Only its SHA-256 is stored; with 256 random
 * bits a plain hash is enough.
 */
final class Token {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String value;

    private Token(String value) {
        this.value = value;
    }

    static Token random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new Token(BASE64URL.encodeToString(bytes));
    }

    /** The stored form of whatever was presented; matches nothing if it is no token. */
    static String hash(String presented) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(presented.getBytes(StandardCharsets.UTF_8));
            return BASE64URL.encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    String value() {
        return value;
    }

    String hash() {
        return hash(value);
    }

    @Override
    public String toString() {
        return "Token[…]";
    }
}
