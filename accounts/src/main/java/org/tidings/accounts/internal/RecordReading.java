package org.tidings.accounts.internal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.tidings.accounts.AccountRecords.Reading;

/** A staff member looked at a person's record and said why; the person can see it. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "record_reading", schema = "accounts")
class RecordReading {

    @Id
    private UUID id;

    private UUID account;
    private OffsetDateTime at;
    private String what;
    private String reason;

    @SuppressWarnings("NullAway")
    protected RecordReading() {}

    RecordReading(UUID id, UUID account, OffsetDateTime at, String what, String reason) {
        this.id = id;
        this.account = account;
        this.at = at;
        this.what = what;
        this.reason = reason;
    }

    Reading view() {
        return new Reading(at, what, reason);
    }
}
