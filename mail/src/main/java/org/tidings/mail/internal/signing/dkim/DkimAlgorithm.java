package org.tidings.mail.internal.signing.dkim;

/** What signs; both hash by SHA-256. */
public enum DkimAlgorithm {
    /** RSASSA-PKCS1-v1_5, keys of 2048 bits (D01). */
    RSA("rsa-sha256", "rsa"),
    /** PureEdDSA over the SHA-256 of the header (RFC 8463 section 3); beside RSA, since few verifiers know it (D02). */
    ED25519("ed25519-sha256", "ed25519");

    private final String tag;
    private final String keyType;

    DkimAlgorithm(String tag, String keyType) {
        this.tag = tag;
        this.keyType = keyType;
    }

    /** The value of {@code a=}. */
    public String tag() {
        return tag;
    }

    /** The value of {@code k=} in the DNS record. */
    public String keyType() {
        return keyType;
    }
}
