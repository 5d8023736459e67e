package org.tidings.newsletter.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;

/** Remembers actions by name. */
final class FakeAuditLog implements AuditLog {

    final List<String> actions = new ArrayList<>();

    @Override
    public void record(AccountId actor, AuditAction action, String objectType, UUID object, String detail) {
        actions.add(action.code() + " " + detail);
    }

    @Override
    public List<AuditEntry> newest(Optional<String> objectType, Optional<UUID> object, int limit) {
        return List.of();
    }
}
