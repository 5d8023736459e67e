package org.tidings.mail.internal.secrets;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.tidings.mail.AddressHash;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SiteSecret;

/** Keyed hashes: of addresses for suppression, of deliveries for Message-IDs. Without the key they name nobody. */
public final class KeyedHashes {

    private final SiteSecret secret;
    private final SecretKey messages;

    public KeyedHashes(SiteSecret secret) {
        this.secret = secret;
        messages = secret.keyFor("message-id");
    }

    public UUID of(EmailAddress address) {
        return AddressHash.of(address, secret);
    }

    /**
     * The same for every try of a delivery, and nobody can tell the recipient from it (A05).
     *
     * @return without angle brackets
     */
    public String messageId(UUID message, UUID recipient, String domain) {
        byte[] input = ByteBuffer.allocate(32)
                .putLong(message.getMostSignificantBits())
                .putLong(message.getLeastSignificantBits())
                .putLong(recipient.getMostSignificantBits())
                .putLong(recipient.getLeastSignificantBits())
                .array();
        byte[] hash = java.util.Arrays.copyOf(hmac(messages, input), 21);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + "@" + domain;
    }

    private static byte[] hmac(SecretKey key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
