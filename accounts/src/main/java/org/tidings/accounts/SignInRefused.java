package org.tidings.accounts;

/** Unknown address, wrong password, account not active: one answer for all of them (SEC-20). */
public final class SignInRefused extends RuntimeException {
    public SignInRefused() {
        super("sign-in refused");
    }
}
