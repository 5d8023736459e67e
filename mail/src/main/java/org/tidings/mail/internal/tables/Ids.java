package org.tidings.mail.internal.tables;

import java.util.UUID;

/** Ids of rows, in the databases' order. */
public final class Ids {

    private Ids() {}

    /** As the databases order ids. */
    public static int compareUnsigned(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
