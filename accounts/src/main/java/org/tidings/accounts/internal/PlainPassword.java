package org.tidings.accounts.internal;

import java.text.Normalizer;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.SignInRefused;

/**
 * A password as typed, after NFKC and nothing else: no trimming, no change of case (SEC-13). Never more than 128 code points:
 * the length is looked at before anything is computed (SEC-19).
 */
record PlainPassword(String value) {

    static final int MIN_CODE_POINTS = 15;
    static final int MAX_CODE_POINTS = 128;

    /** NFKC can make up to 18 characters of one; what was typed longer than this is too long in any case. */
    private static final int MAX_TYPED = 4 * MAX_CODE_POINTS;

    /** A password to choose. */
    static PlainPassword chosen(String typed) {
        PlainPassword password = normalised(typed);
        if (password == null || length(password.value) > MAX_CODE_POINTS) {
            throw new PasswordRejected(PasswordRejected.Reason.TOO_LONG);
        }
        if (length(password.value) < MIN_CODE_POINTS) {
            throw new PasswordRejected(PasswordRejected.Reason.TOO_SHORT);
        }
        return password;
    }

    /** A password to compare. What cannot be one is refused without hashing it. */
    static PlainPassword presented(String typed) {
        PlainPassword password = normalised(typed);
        if (password == null || length(password.value) > MAX_CODE_POINTS) {
            throw new SignInRefused();
        }
        return password;
    }

    private static @org.jspecify.annotations.Nullable PlainPassword normalised(String typed) {
        return typed.length() > MAX_TYPED ? null : new PlainPassword(Normalizer.normalize(typed, Normalizer.Form.NFKC));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    @Override
    public String toString() {
        return "PlainPassword[…]";
    }
}
