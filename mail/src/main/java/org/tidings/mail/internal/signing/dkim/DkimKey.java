package org.tidings.mail.internal.signing.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A private key with the name under which its public half stands in DNS. Immutable and thread-safe; prints without the key.
 */
public final class DkimKey {
    private static final int RSA_BITS = 2048;
    private static final int RSA_BITS_LEAST = 1024;
    private static final int STRING_OCTETS = 255;
    private static final Pattern SELECTOR = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,62})?)+");

    private final String domain;
    private final String selector;
    private final DkimAlgorithm algorithm;
    private final byte[] encoded;
    private final byte[] publicKey;
    private final Signing signing;

    private DkimKey(
            String domain,
            String selector,
            DkimAlgorithm algorithm,
            byte[] encoded,
            byte[] publicKey,
            Signing signing) {
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("not a domain in A-labels and lower case: " + domain);
        }
        if (!SELECTOR.matcher(selector).matches()) {
            throw new IllegalArgumentException("not a selector of one DNS label: " + selector);
        }
        this.domain = domain;
        this.selector = selector;
        this.algorithm = algorithm;
        this.encoded = encoded;
        this.publicKey = publicKey;
        this.signing = signing;
    }

    /**
     * Makes a new key: RSA of 2048 bits or Ed25519.
     *
     * @param domain the signing domain, A-labels in lower case
     * @param selector one DNS label in lower case
     */
    public static DkimKey generate(DkimAlgorithm algorithm, String domain, String selector) {
        try {
            if (algorithm == DkimAlgorithm.ED25519) {
                byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
                new SecureRandom().nextBytes(seed);
                return restore(algorithm, domain, selector, seed);
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            return restore(algorithm, domain, selector, pkcs8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A key from what {@link #encoded} gave.
     *
     * @param encoded PKCS #8 for RSA (1024 bits at least, RFC 8301), the 32 bytes of the seed for Ed25519
     * @throws IllegalArgumentException if it is no such key
     */
    public static DkimKey restore(DkimAlgorithm algorithm, String domain, String selector, byte[] encoded) {
        byte[] own = encoded.clone();
        if (algorithm == DkimAlgorithm.ED25519) {
            if (own.length != Ed25519.SECRET_KEY_SIZE) {
                throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + own.length);
            }
            byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
            Ed25519.generatePublicKey(own, 0, publicKey, 0);
            return new DkimKey(domain, selector, algorithm, own, publicKey, () -> new EdwardsSigner(own, publicKey));
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(own));
            if (!(privateKey instanceof RSAPrivateCrtKey crt)
                    || crt.getModulus().bitLength() < RSA_BITS_LEAST) {
                throw new IllegalArgumentException("not an RSA key with its primes, of 1024 bits at least");
            }
            byte[] spki = factory.generatePublic(new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent()))
                    .getEncoded();
            return new DkimKey(domain, selector, algorithm, own, spki, () -> new RsaSigner(privateKey));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("not an RSA key in PKCS #8", unreadable);
        }
    }

    /** The secret, for {@link #restore}; to be kept sealed. */
    public byte[] encoded() {
        return encoded.clone();
    }

    public String domain() {
        return domain;
    }

    public String selector() {
        return selector;
    }

    public DkimAlgorithm algorithm() {
        return algorithm;
    }

    /** Where the record stands, for example {@code 2026h2r._domainkey.example.com}. */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    /** The value of {@code p=}: SubjectPublicKeyInfo for RSA, the raw 32 bytes for Ed25519 (RFC 8463 section 4.2). */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(publicKey);
    }

    /** The TXT record's text, to be split into strings of at most 255 octets, see {@link #recordStrings}. */
    public String recordValue() {
        return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + publicKey();
    }

    /** The TXT record's character strings, each of at most 255 octets (D08). */
    public List<String> recordStrings() {
        return strings(recordValue());
    }

    /** A text in strings of at most 255 octets. */
    public static List<String> strings(String value) {
        List<String> strings = new ArrayList<>();
        for (int from = 0; from < value.length(); from += STRING_OCTETS) {
            strings.add(value.substring(from, Math.min(value.length(), from + STRING_OCTETS)));
        }
        return strings;
    }

    /** The record as a line of a zone file. */
    public String zoneLine() {
        return zoneLine(recordName(), recordValue());
    }

    /** A TXT record as a line of a zone file. */
    public static String zoneLine(String name, String value) {
        StringBuilder line = new StringBuilder(name).append(". 3600 IN TXT");
        for (String string : strings(value)) {
            line.append(" \"").append(string).append('"');
        }
        return line.toString();
    }

    /** Says name and algorithm, never the key. */
    @Override
    public String toString() {
        return "DkimKey[" + recordName() + ", " + algorithm + "]";
    }

    /** One that signs, for one thread at a time. */
    HeaderSigner newSigner() {
        try {
            return signing.newSigner();
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("cannot sign with " + this, refused);
        }
    }

    /** Signs the canonicalized header; not thread-safe. */
    interface HeaderSigner {
        byte[] sign(byte[] bytes, int length) throws GeneralSecurityException;
    }

    private interface Signing {
        HeaderSigner newSigner() throws GeneralSecurityException;
    }

    private static final class RsaSigner implements HeaderSigner {
        private final Signature signature;

        RsaSigner(PrivateKey key) throws GeneralSecurityException {
            signature = FastRsa.signerFor(key);
        }

        @Override
        public byte[] sign(byte[] bytes, int length) throws GeneralSecurityException {
            signature.update(bytes, 0, length);
            return signature.sign();
        }
    }

    /** BouncyCastle's low-level Ed25519: ten times as fast as the JDK's. */
    private static final class EdwardsSigner implements HeaderSigner {
        private final MessageDigest digest = BodyHash.sha256();
        private final byte[] seed;
        private final byte[] publicKey;

        EdwardsSigner(byte[] seed, byte[] publicKey) {
            this.seed = seed;
            this.publicKey = publicKey;
        }

        @Override
        public byte[] sign(byte[] bytes, int length) {
            digest.update(bytes, 0, length);
            byte[] hash = digest.digest();
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(seed, 0, publicKey, 0, hash, 0, hash.length, signature, 0);
            return signature;
        }
    }
}
