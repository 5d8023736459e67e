package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;

/**
 * Somebody of a mailing who may be reserved.
 *
 * @param addressee null when nobody knows her any more
 * @param attempts tries so far
 * @param dated when an earlier try was reserved; null where there was none
 */
record Candidate(
        UUID recipient,
        @Nullable Addressee addressee,
        int attempts,
        boolean everDoubtful,
        @Nullable OffsetDateTime dated) {

    static Candidate first(Addressee addressee) {
        return new Candidate(addressee.recipient(), addressee, 0, false, null);
    }

    Candidate known(@Nullable Addressee now) {
        return new Candidate(recipient, now, attempts, everDoubtful, dated);
    }
}
