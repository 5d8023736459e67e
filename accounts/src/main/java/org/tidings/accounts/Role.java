package org.tidings.accounts;

/** What a staff member may do. A person may hold several; none includes another. */
public enum Role {
    /** Writes issues, sends tests. */
    EDITOR,
    /** Sends, pauses, cancels issues; imports and exports subscribers. */
    PUBLISHER,
    /** Writes announcements; approves those of others. */
    ANNOUNCER,
    /** Searches accounts, answers data requests, exports and erases. */
    PRIVACY_OFFICER,
    /** Staff, roles, settings; none of the above by that alone. */
    ADMINISTRATOR
}
