package org.tidings.accounts;

/** The password given to confirm a step is not the account's. */
public final class PasswordWrong extends RuntimeException {
    public PasswordWrong() {
        super("password wrong");
    }
}
