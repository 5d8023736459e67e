package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of a single mail.
 *
 * @param purpose as in {@link Letter#purpose}
 * @param at when that was
 * @param reply what the server replied, or our own reason
 * @param nextTry when it is tried next, while it waits
 */
public record SentLetter(
        UUID id,
        String purpose,
        OffsetDateTime postedAt,
        DeliveryState state,
        OffsetDateTime at,
        Optional<Diagnostic> reply,
        Optional<SkipReason> skipped,
        Optional<OffsetDateTime> nextTry) {}
