package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The answer to "what happened to this recipient".
 *
 * @param reply what the server replied, or our own reason
 * @param writtenTo the address as the mail was written to it, as {@link SuppressedAddresses#hashOf} knows it; empty where nobody was
 *     written to, while it is not decided, and where it was before this was kept
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
        Optional<Diagnostic> reply,
        Optional<SkipReason> skipped,
        Optional<OffsetDateTime> nextTry,
        Optional<UUID> writtenTo) {

    /** One of which it is not known to which address it went. */
    public Delivery(
            MailingId mailing,
            UUID recipient,
            DeliveryState state,
            OffsetDateTime at,
            int attempts,
            boolean everDoubtful,
            Optional<String> server,
            Optional<Diagnostic> reply,
            Optional<SkipReason> skipped,
            Optional<OffsetDateTime> nextTry) {
        this(mailing, recipient, state, at, attempts, everDoubtful, server, reply, skipped, nextTry, Optional.empty());
    }
}
