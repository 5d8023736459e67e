package org.tidings.accounts;

/** Somebody who works here is erased by others only after an administrator has taken her roles. */
public final class StaffMustLeaveFirst extends RuntimeException {
    public StaffMustLeaveFirst() {
        super("staff must leave first");
    }
}
