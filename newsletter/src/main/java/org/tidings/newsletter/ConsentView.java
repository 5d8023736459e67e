package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One fact of the append-only record.
 *
 * @param given true for given, false for withdrawn
 * @param statement the basis that a publisher stated for an import, else empty
 */
public record ConsentView(
        NewsletterId newsletter,
        boolean given,
        OffsetDateTime at,
        Means means,
        Optional<ConsentWording> wording,
        String policyVersion,
        String statement) {}
