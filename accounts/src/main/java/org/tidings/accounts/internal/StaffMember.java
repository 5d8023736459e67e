package org.tidings.accounts.internal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.Role;

/** A holder who works for the site, and as what. Without roles there is no row. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
@Table(name = "staff_member", schema = "accounts")
class StaffMember {

    @Id
    private UUID account;

    private String roles;

    private OffsetDateTime since;

    @Version
    private long version;

    @SuppressWarnings("NullAway")
    protected StaffMember() {}

    StaffMember(UUID account, Set<Role> roles, OffsetDateTime since) {
        this.account = account;
        this.roles = Names.join(roles);
        this.since = since;
    }

    void becomes(Set<Role> newRoles) {
        roles = Names.join(newRoles);
    }

    UUID account() {
        return account;
    }

    Set<Role> roles() {
        return Names.split(Role.class, roles);
    }

    OffsetDateTime since() {
        return since;
    }
}
