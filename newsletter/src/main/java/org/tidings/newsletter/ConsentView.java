package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One fact of the append-only record.
 *
 * @param given true for given, false for withdrawn
 * @param policyVersion that was in force; empty where an imported consent is older than this site's record of it
 * @param statement the basis that a publisher stated for an import, else empty
 * @param network the address of the device from which an imported consent came, if the file had it, else empty
 */
public record ConsentView(
        NewsletterId newsletter,
        boolean given,
        OffsetDateTime at,
        Means means,
        Optional<ConsentWording> wording,
        String policyVersion,
        String statement,
        String network) {}
