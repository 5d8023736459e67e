package org.tidings.accounts;

/** States of an account; an erased one is no longer there. */
public enum AccountState {
    ACTIVE,
    DEACTIVATED
}
