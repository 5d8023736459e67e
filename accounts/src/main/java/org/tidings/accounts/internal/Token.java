package org.tidings.accounts.internal;

import org.tidings.site.Secrets;

/**
 * A secret that is handed out: 32 random bytes as 43 base64url characters (SEC-06). Only its SHA-256 is stored; with 256 random
 * bits a plain hash is enough.
 */
final class Token {

    private final String value;

    private Token(String value) {
        this.value = value;
    }

    static Token random() {
        return new Token(Secrets.token());
    }

    /** The stored form of whatever was presented; matches nothing if it is no token. */
    static String hash(String presented) {
        return Secrets.sha256(presented);
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
