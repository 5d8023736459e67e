package org.tidings.accounts;

/** No such account, or it is erased, or not in the state that the action needs. */
public final class AccountNotFound extends RuntimeException {
    public AccountNotFound() {
        super("account not found");
    }
}
