package org.tidings.accounts;

/** The address has an account. Only for those who may know. */
public final class AddressTaken extends RuntimeException {
    public AddressTaken() {
        super("address taken");
    }
}
