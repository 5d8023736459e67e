package org.tidings.accounts;

/** What staff and programs do with accounts. */
public enum AccountAction implements AuditAction {
    ASK_FOR_ERASURE,
    CHANGE_ROLES,
    CONFIRM_ERASURE,
    CREATE_API_TOKEN,
    DISCLOSE_RECORD,
    ERASE_ACCOUNT,
    EXPORT_RECORD,
    FIRST_ADMINISTRATOR,
    INVITE_STAFF,
    JOIN_STAFF,
    OPEN_RECORD,
    REMOVE_STAFF,
    REVOKE_API_TOKEN,
    SEARCH_ACCOUNTS,
    STOP_ERASURE,
    WITHDRAW_INVITATION
}
