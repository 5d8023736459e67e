package org.tidings.mail.internal.signing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.tidings.mail.SiteSecret;

/**
 * Seals private keys for the database: AES-256-GCM under a key of the site's secret, bound to the row, so that a backup of the
 * database alone signs nothing and no sealed key can be moved to another domain. A byte of format, 12 bytes of nonce, the rest.
 */
public final class KeySeal {

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    public KeySeal(SiteSecret secret) {
        key = new SecretKeySpec(secret.keyFor("dkim-keys").getEncoded(), "AES");
    }

    byte[] seal(byte[] plain, UUID id, String domain, String selector) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, id, domain, selector).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty when another secret sealed it, or it was changed or moved. */
    Optional<byte[]> open(byte[] sealed, UUID id, String domain, String selector) {
        if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != FORMAT) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, id, domain, selector)
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID id, String domain, String selector)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((id + "/" + domain + "/" + selector).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
