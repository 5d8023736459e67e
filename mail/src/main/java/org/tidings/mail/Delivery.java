package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The answer to "what happened to this recipient".
 *
 * @param reply the server's reply or the reason, in one line
 * @param nextTry when a deferred one is tried again
 */
public record Delivery(
        MailingId mailing,
        UUID recipient,
        DeliveryState state,
        OffsetDateTime at,
        int attempts,
        boolean everDoubtful,
        Optional<String> server,
        Optional<String> reply,
        Optional<SkipReason> skipped,
        Optional<OffsetDateTime> nextTry) {}
