package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.SiteSecret;

/** Stateless tokens: 16 bytes of subscription id and 16 of its HMAC-SHA-256, as 43 base64url characters. */
@ApplicationScoped
class UnsubscribeTokens {

    private static final int LENGTH = 43;
    private static final int HALF = 16;

    private final SiteSecret secret;
    private volatile @Nullable Mac prototype;

    @SuppressWarnings("NullAway") // for the container's proxy
    UnsubscribeTokens() {
        this(null);
    }

    @Inject
    UnsubscribeTokens(SiteSecret secret) {
        this.secret = secret;
    }

    String tokenFor(UUID subscription) {
        byte[] id = ByteBuffer.allocate(HALF)
                .putLong(subscription.getMostSignificantBits())
                .putLong(subscription.getLeastSignificantBits())
                .array();
        byte[] token = Arrays.copyOf(id, 2 * HALF);
        System.arraycopy(mac(id), 0, token, HALF, HALF);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The subscription, if the token is one of ours. */
    Optional<UUID> subscriptionOf(String token) {
        if (token.length() != LENGTH) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        byte[] id = Arrays.copyOf(bytes, HALF);
        if (bytes.length != 2 * HALF
                || !MessageDigest.isEqual(Arrays.copyOf(mac(id), HALF), Arrays.copyOfRange(bytes, HALF, 2 * HALF))) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(id);
        return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
    }

    private byte[] mac(byte[] id) {
        try {
            Mac known = prototype;
            if (known == null) {
                known = Mac.getInstance("HmacSHA256");
                known.init(secret.keyFor("unsubscribe"));
                prototype = known;
            }
            // A clone is several times cheaper than a new one, and a million readers have one each.
            return ((Mac) known.clone()).doFinal(id);
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
        }
    }
}
