package org.tidings.newsletter.internal.importing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses.Reason;

/**
 * One person of a list.
 *
 * @param erasedHash under which the erased are remembered
 * @param addressHash under which the mail module knows the address
 * @param standing subscribed, left out, pending or left
 * @param saidAt when she came to stand so, if the list says it
 * @param agreedAt when she agreed, if the list says it
 * @param agreedFrom the address of the device from which, or empty
 * @param source where she signed up, or empty
 * @param suppressed what stands against writing to the address
 * @param detail why, in a word
 * @param attributes by their keys
 */
record ImportedRow(
        EmailAddress address,
        String erasedHash,
        UUID addressHash,
        String name,
        String language,
        String zone,
        Said standing,
        @Nullable OffsetDateTime saidAt,
        @Nullable OffsetDateTime agreedAt,
        String agreedFrom,
        String source,
        Set<Reason> suppressed,
        @Nullable OffsetDateTime suppressedAt,
        String detail,
        List<String> tags,
        Map<String, String> attributes) {

    private static final long NEVER = Long.MIN_VALUE;

    /** How strict it is, to be compared with another row of the same person. */
    Said rank() {
        if (suppressed.isEmpty()) {
            return standing;
        }
        return suppressed.contains(Reason.COMPLAINED) ? Said.COMPLAINED : Said.BOUNCED;
    }

    /** Tells people apart: two have the same once in a list of billions. */
    long key() {
        return addressHash.getMostSignificantBits() ^ addressHash.getLeastSignificantBits();
    }

    /** The same without what stands against the address. */
    ImportedRow justLeft() {
        return new ImportedRow(
                address,
                erasedHash,
                addressHash,
                name,
                language,
                zone,
                Said.LEFT,
                saidAt,
                agreedAt,
                agreedFrom,
                source,
                Set.of(),
                null,
                detail,
                tags,
                attributes);
    }

    // Kept between the steps

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(address.original());
        out.writeUTF(address.canonical().equals(address.original()) ? "" : address.canonical());
        out.writeUTF(erasedHash);
        out.writeLong(addressHash.getMostSignificantBits());
        out.writeLong(addressHash.getLeastSignificantBits());
        out.writeUTF(name);
        out.writeUTF(language);
        out.writeUTF(zone);
        out.writeUTF(standing.name());
        writeTime(out, saidAt);
        writeTime(out, agreedAt);
        out.writeUTF(agreedFrom);
        out.writeUTF(source);
        out.writeByte(suppressed.size());
        for (Reason reason : suppressed) {
            out.writeUTF(reason.name());
        }
        writeTime(out, suppressedAt);
        out.writeUTF(detail);
        out.writeShort(tags.size());
        for (String tag : tags) {
            out.writeUTF(tag);
        }
        out.writeShort(attributes.size());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            out.writeUTF(attribute.getKey());
            out.writeUTF(attribute.getValue());
        }
    }

    static ImportedRow read(DataInputStream in) throws IOException {
        String original = in.readUTF();
        String canonical = in.readUTF();
        return new ImportedRow(
                new EmailAddress(original, canonical.isEmpty() ? original : canonical),
                in.readUTF(),
                new UUID(in.readLong(), in.readLong()),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                Said.valueOf(in.readUTF()),
                readTime(in),
                readTime(in),
                in.readUTF(),
                in.readUTF(),
                reasons(in),
                readTime(in),
                in.readUTF(),
                texts(in),
                pairs(in));
    }

    private static Set<Reason> reasons(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        if (count == 0) {
            return Set.of();
        }
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < count; i++) {
            reasons.add(Reason.valueOf(in.readUTF()));
        }
        return Collections.unmodifiableSet(reasons);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        if (count == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return List.copyOf(texts);
    }

    private static Map<String, String> pairs(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = in.readUTF();
            pairs.put(key, in.readUTF());
        }
        return Collections.unmodifiableMap(pairs);
    }

    private static void writeTime(DataOutputStream out, @Nullable OffsetDateTime at) throws IOException {
        out.writeLong(at == null ? NEVER : Math.multiplyExact(at.toEpochSecond(), 1_000_000L) + at.getNano() / 1_000);
    }

    private static @Nullable OffsetDateTime readTime(DataInputStream in) throws IOException {
        long micros = in.readLong();
        if (micros == NEVER) {
            return null;
        }
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L)
                .atOffset(ZoneOffset.UTC);
    }
}
