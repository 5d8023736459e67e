package org.tidings.newsletter.internal.importing;

import java.util.BitSet;

/**
 * Of several rows of one person the strictest counts, and of those the first; the others are duplicates. Knows people by a number of 64
 * bits, in arrays: 13 octets a person and some room.
 */
final class Strictest {

    private static final int FIRST_SIZE = 1 << 10;

    private long[] keys = new long[FIRST_SIZE];
    /** One more than the row's place; none for nobody. */
    private int[] rows = new int[FIRST_SIZE];

    private byte[] ranks = new byte[FIRST_SIZE];
    private int people;
    private final BitSet duplicates = new BitSet();

    /** @param row its place among the rows, from 0 upwards */
    void add(long key, int row, Said rank) {
        if (people * 2 >= keys.length) {
            grow();
        }
        int at = place(key);
        if (rows[at] == 0) {
            people++;
            set(at, key, row, rank);
        } else if (strictness(rank) > ranks[at]) {
            duplicates.set(rows[at] - 1);
            set(at, key, row, rank);
        } else {
            duplicates.set(row);
        }
    }

    BitSet duplicates() {
        return duplicates;
    }

    private void set(int at, long key, int row, Said rank) {
        keys[at] = key;
        rows[at] = row + 1;
        ranks[at] = strictness(rank);
    }

    private static byte strictness(Said rank) {
        return (byte) rank.compareTo(Said.SUBSCRIBED);
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int at = Long.hashCode(key * 0x9E3779B97F4A7C15L) & mask;
        while (rows[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldRows = rows;
        byte[] oldRanks = ranks;
        keys = new long[oldKeys.length * 2];
        rows = new int[keys.length];
        ranks = new byte[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldRows[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                rows[at] = oldRows[i];
                ranks[at] = oldRanks[i];
            }
        }
    }
}
