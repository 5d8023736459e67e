package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SiteSecret;
import org.tidings.site.Secrets;

/**
 * Stateless tokens, 43 base64url characters: 16 bytes of subscription id; 10 of its HMAC-SHA-256, which prove that the token is ours and end
 * the one subscription for ever; 6 that bind it to the address it was mailed to, which is asked for whatever is shown. Those of before
 * there was a binding have 6 more bytes of the first HMAC in its place.
 */
@ApplicationScoped
class UnsubscribeTokens {

    private static final int LENGTH = 43;
    private static final int ID = 16;
    private static final int PROVED = 26;
    private static final int BYTES = 32;
    /** 64 bits of the proof: what a mail program cut off behind them is not needed to know whose it is. */
    private static final int SHORTEST_CUT = 32;
    /** Of a token without its capitals: all of the proof. */
    private static final int SHORTEST_FOLDED = 35;

    private static final int ID_CHARS = 22;
    private static final int PROVED_CHARS = 34;

    private final SiteSecret secret;
    /** Trying capitals is work: one at a time, and whoever finds it taken has a damaged link. */
    private final Semaphore tryingCapitals = new Semaphore(1);

    private volatile @Nullable Mac prototype;

    @SuppressWarnings("NullAway") // for the container's proxy
    UnsubscribeTokens() {
        this(null);
    }

    @Inject
    UnsubscribeTokens(SiteSecret secret) {
        this.secret = secret;
    }

    /** One that is bound to no address: for tests and previews, where nobody is behind it. */
    String tokenFor(UUID subscription) {
        byte[] id = bytes(subscription);
        return token(id, Arrays.copyOfRange(mac(id), PROVED - ID, BYTES - ID));
    }

    /** One that shows nothing any more once the subscriber has another address. */
    String tokenFor(UUID subscription, EmailAddress address) {
        byte[] id = bytes(subscription);
        return token(id, binding(id, address));
    }

    private String token(byte[] id, byte[] end) {
        byte[] token = Arrays.copyOf(id, BYTES);
        System.arraycopy(mac(id), 0, token, ID, PROVED - ID);
        System.arraycopy(end, 0, token, PROVED, BYTES - PROVED);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The subscription, if the token is one of ours. */
    Optional<UUID> subscriptionOf(String token) {
        return decoded(token, LENGTH).filter(bytes -> proves(bytes, PROVED)).map(UnsubscribeTokens::id);
    }

    /** Whether the address is the one that this token was mailed to. */
    boolean isBoundTo(EmailAddress address, String token) {
        return decoded(token, LENGTH)
                .filter(bytes -> MessageDigest.isEqual(
                        binding(Arrays.copyOf(bytes, ID), address), Arrays.copyOfRange(bytes, PROVED, BYTES)))
                .isPresent();
    }

    /** Whether it is one of before tokens were bound. */
    boolean isUnbound(String token) {
        return decoded(token, LENGTH).filter(bytes -> proves(bytes, BYTES)).isPresent();
    }

    /** The subscription that a token which lost its end, or all its capitals, on the way was about. */
    Optional<UUID> subscriptionOfDamaged(String token) {
        if (token.length() < SHORTEST_CUT || token.length() > LENGTH) {
            return Optional.empty();
        }
        // Of the last character some bits may be missing: those bytes do not count.
        Optional<UUID> cut = decoded(token.length() % 4 == 1 ? token.substring(0, token.length() - 1) : token, 0)
                .filter(bytes -> proves(bytes, Math.min(bytes.length, PROVED)))
                .map(UnsubscribeTokens::id);
        return cut.or(() -> withCapitals(token));
    }

    /** Whether a damaged token may have been this one. */
    static boolean mayHaveBeen(String whole, String damaged) {
        return damaged.length() > SHORTEST_FOLDED + 2
                && whole.length() >= damaged.length()
                && whole.regionMatches(true, 0, damaged, 0, damaged.length());
    }

    private Optional<UUID> withCapitals(String token) {
        boolean folded = token.equals(token.toLowerCase(Locale.ROOT)) || token.equals(token.toUpperCase(Locale.ROOT));
        if (!folded || token.length() < SHORTEST_FOLDED || !tryingCapitals.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new Capitals(token).found());
        } finally {
            tryingCapitals.release();
        }
    }

    /**
     * Tries the capitals of an id: at most a quarter of a million, since ids are UUIDs of version 7, whose first characters are a time. The
     * rest of the proof is compared without regard to capitals, which leaves more than sixty bits of it.
     */
    private final class Capitals {
        private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        private static final int TIME_CHARS = 8;
        private static final long FIRST_TIME = 0x18C_0000_0000L; // in 2023
        private static final long LAST_TIME = 0x1FF_FFFF_FFFFL; // in 2039
        private static final int VERSION_CHAR = 8;
        private static final int VARIANT_CHAR = 10;

        private final String token;
        private final char[] tried = new char[ID_CHARS];

        Capitals(String token) {
            this.token = token;
        }

        @Nullable
        UUID found() {
            return at(0, 0);
        }

        private @Nullable UUID at(int index, long time) {
            if (index == TIME_CHARS && (time < FIRST_TIME || time > LAST_TIME)) {
                return null;
            }
            if (index == ID_CHARS) {
                return whole();
            }
            char lower = Character.toLowerCase(token.charAt(index));
            UUID found = with(lower, index, time);
            return found != null || lower < 'a' || lower > 'z'
                    ? found
                    : with(Character.toUpperCase(lower), index, time);
        }

        private @Nullable UUID with(char c, int index, long time) {
            int value = ALPHABET.indexOf(c);
            boolean possible = value >= 0
                    && (index != VERSION_CHAR || value >> 2 == 7)
                    && (index != VARIANT_CHAR || (value & 3) == 2);
            if (!possible) {
                return null;
            }
            tried[index] = c;
            return at(index + 1, index < TIME_CHARS ? time << 6 | value : time);
        }

        private @Nullable UUID whole() {
            byte[] id =
                    Arrays.copyOf(Base64.getUrlDecoder().decode(new String(tried).substring(0, ID_CHARS) + "AA"), ID);
            String whole = token(id, new byte[BYTES - PROVED]);
            return whole.regionMatches(true, 0, token, 0, PROVED_CHARS) ? id(id) : null;
        }
    }

    private static UUID id(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] bytes(UUID subscription) {
        return ByteBuffer.allocate(ID)
                .putLong(subscription.getMostSignificantBits())
                .putLong(subscription.getLeastSignificantBits())
                .array();
    }

    /** @param length in characters; 0 for any */
    private static Optional<byte[]> decoded(String token, int length) {
        if (length > 0 && token.length() != length) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private boolean proves(byte[] bytes, int until) {
        return bytes.length >= until
                && MessageDigest.isEqual(
                        Arrays.copyOf(mac(Arrays.copyOf(bytes, ID)), until - ID), Arrays.copyOfRange(bytes, ID, until));
    }

    private byte[] binding(byte[] id, EmailAddress address) {
        byte[] canonical = address.canonical().getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(id, ID + canonical.length);
        System.arraycopy(canonical, 0, both, ID, canonical.length);
        return Arrays.copyOf(mac(both), BYTES - PROVED);
    }

    private byte[] mac(byte[] bytes) {
        try {
            Mac known = prototype;
            if (known == null) {
                known = Secrets.keyed(secret.keyFor("unsubscribe"));
                prototype = known;
            }
            // A clone is several times cheaper than a new one, and a million readers have one each.
            return ((Mac) known.clone()).doFinal(bytes);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own HMAC-SHA-256 can be cloned", e);
        }
    }
}
