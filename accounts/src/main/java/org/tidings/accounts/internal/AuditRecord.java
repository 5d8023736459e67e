package org.tidings.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog.AuditEntry;

/** One thing that a staff member did. Written once, never changed. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "audit_entry", schema = "accounts")
class AuditRecord {

    @Id
    private UUID id;

    private OffsetDateTime at;
    private UUID actor;
    private String action;

    @Column(name = "object_type")
    private String objectType;

    private UUID object;
    private String detail;

    @SuppressWarnings("NullAway")
    protected AuditRecord() {}

    AuditRecord(UUID id, OffsetDateTime at, UUID actor, String action, String objectType, UUID object, String detail) {
        this.id = id;
        this.at = at;
        this.actor = actor;
        this.action = action;
        this.objectType = objectType;
        this.object = object;
        this.detail = detail;
    }

    AuditEntry entry() {
        return new AuditEntry(at, new AccountId(actor), action, objectType, object, detail);
    }
}
