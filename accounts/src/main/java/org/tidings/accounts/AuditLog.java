package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Append-only record of what staff did, without personal values. Takes part in the caller's transaction. */
public interface AuditLog {

    /**
     * Records an action.
     *
     * @param objectType {@code issue}, {@code account}
     * @param detail no personal value; a reason, a number, a digest
     */
    void record(AccountId actor, AuditAction action, String objectType, UUID object, String detail);

    /** Newest first. */
    List<AuditEntry> newest(Optional<String> objectType, Optional<UUID> object, int limit);

    /** @param action the code of what was done, perhaps by a version that did other things */
    record AuditEntry(
            OffsetDateTime at, AccountId actor, String action, String objectType, UUID object, String detail) {}
}
