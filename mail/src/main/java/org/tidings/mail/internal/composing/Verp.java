package org.tidings.mail.internal.composing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Envelope senders that say whom a mail was for (A13): {@code b+<id>.<mac>@bounce.example.com}. The id is the keyed hash of the
 * address that was written to, and the mailing's number; both together name the delivery. The hash rather than a recipient's id, since
 * a report may come after the person was erased, which leaves nothing to look up, or has changed the address, which must not be
 * blamed for the old one. The MAC is HMAC-SHA-256 cut to 80 bits, so that nobody can make up bounces. Base32 in lower case, since
 * servers on the way may change the case. The local part has at most 60 octets (RFC 5321 allows 64). Thread-safe.
 */
public final class Verp {
    private static final int MAC_BYTES = 10;
    private static final int UUID_BYTES = 16;
    private static final int DAY_BYTES = 3;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern TOKEN = Pattern.compile("(?i)(?<![a-z0-9])b\\+([a-z2-7]{26,40})\\.([a-z2-7]{16})@");

    private final SecretKey key;
    private final String domain;

    /**
     * @param key of 32 bytes, {@code SiteSecret.keyFor("verp")}
     * @param domain the bounce domain
     */
    public Verp(SecretKey key, String domain) {
        this.key = key;
        this.domain = domain;
    }

    /**
     * Whom a mail was for.
     *
     * @param addressHash keyed hash of the address it went to
     * @param mailing the mailing's number; empty for a letter
     * @param day of a letter, when it was handed over
     */
    public record Target(UUID addressHash, OptionalLong mailing, Optional<OffsetDateTime> day) {

        /** Of a mailing, or of a letter of unknown day. */
        Target(UUID addressHash, OptionalLong mailing) {
            this(addressHash, mailing, Optional.empty());
        }
    }

    /** What an address turned out to be. */
    public sealed interface Found {}

    public record Genuine(Target target) implements Found {}

    /** Looks like ours, but the MAC is wrong: somebody made it up, or the key has changed. */
    public record Forged() implements Found {}

    /**
     * The envelope sender for a letter to an address. It bears the day behind an octet of zero, with which no mailing's number begins
     * that has three.
     */
    public String forLetter(UUID addressHash, OffsetDateTime at) {
        return address(uuid(ByteBuffer.allocate(UUID_BYTES + DAY_BYTES), addressHash)
                .put((byte) 0)
                .putShort((short)
                        at.toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay())
                .array());
    }

    /**
     * The envelope sender for a mail of a mailing to an address.
     *
     * @param mailing the mailing's number, not negative
     */
    public String forMailing(long mailing, UUID addressHash) {
        if (mailing < 0) {
            throw new IllegalArgumentException("a mailing's number is not negative");
        }
        int bytes = Math.max(1, (64 - Long.numberOfLeadingZeros(mailing) + 7) / 8);
        ByteBuffer id = uuid(ByteBuffer.allocate(UUID_BYTES + bytes), addressHash);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            id.put((byte) (mailing >>> shift));
        }
        return address(id.array());
    }

    /** Finds a token in an address or a header line; empty if there is none. A genuine one goes before forged ones. */
    public Optional<Found> find(String text) {
        Matcher matcher = TOKEN.matcher(text);
        Optional<Found> found = Optional.empty();
        while (matcher.find()) {
            byte[] id = decode(matcher.group(1));
            byte[] mac = decode(matcher.group(2));
            if (id != null && mac != null && id.length >= UUID_BYTES && MessageDigest.isEqual(mac, macOf(id))) {
                return Optional.of(new Genuine(target(id)));
            }
            found = Optional.of(new Forged());
        }
        return found;
    }

    /** The bounce domain. */
    public String domain() {
        return domain;
    }

    /** Whether it has the form of a token, genuine or not, wherever it leads. */
    public static boolean looksLikeOne(String address) {
        return TOKEN.matcher(address).find();
    }

    private String address(byte[] id) {
        return "b+" + encode(id) + "." + encode(macOf(id)) + "@" + domain;
    }

    private byte[] macOf(byte[] id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(id), MAC_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Target target(byte[] id) {
        ByteBuffer buffer = ByteBuffer.wrap(id);
        UUID uuid = new UUID(buffer.getLong(), buffer.getLong());
        if (!buffer.hasRemaining()) {
            return new Target(uuid, OptionalLong.empty());
        }
        if (buffer.remaining() == DAY_BYTES && buffer.get(buffer.position()) == 0) {
            int day = buffer.getShort(buffer.position() + 1) & 0xffff;
            return new Target(
                    uuid,
                    OptionalLong.empty(),
                    Optional.of(LocalDate.ofEpochDay(day).atStartOfDay().atOffset(ZoneOffset.UTC)));
        }
        long mailing = 0;
        while (buffer.hasRemaining()) {
            mailing = (mailing << 8) | (buffer.get() & 0xff);
        }
        return new Target(uuid, OptionalLong.of(mailing));
    }

    private static ByteBuffer uuid(ByteBuffer buffer, UUID uuid) {
        return buffer.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = ((buffer << 8) | (b & 0xff)) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt((buffer >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
        }
        return text.toString();
    }

    /** @return null unless it is what {@link #encode} writes, but for its case */
    static byte @Nullable [] decode(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        int at = 0;
        int buffer = 0;
        int bits = 0;
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            int value = ALPHABET.indexOf(c);
            if (value < 0) {
                return null;
            }
            buffer = ((buffer << 5) | value) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        return bits >= 5 || (buffer & ((1 << bits) - 1)) != 0 ? null : bytes;
    }
}
