package org.tidings.accounts;

import java.util.UUID;
import org.tidings.mail.EmailAddress;

/**
 * Proving who one is by password. Takes the same time for unknown addresses (SEC-20) and counts tries in the database (SEC-21): of a
 * browser in which the account was signed in before by themselves, of all others by address and network, so that no stranger
 * slows down the holder.
 */
public interface SignIn {

    /**
     * Opens a session. The browser is known from then on.
     *
     * @param password at most 128 code points are looked at; longer is refused before hashing
     * @throws SignInRefused for every other reason alike
     * @throws TooManyTries when a limit is reached
     * @throws HashingBusy when too many passwords are being checked
     */
    SignedIn signIn(EmailAddress address, String password, Client client);

    /**
     * Gives the password again for a step that wants it fresh (SEC-37). The session goes on under a new token; the old one is
     * dead (SEC-33). Tries are counted by the session alone: only who has it can use them up.
     *
     * @throws PasswordWrong when it is not the password
     * @throws TooManyTries when a limit is reached
     * @throws HashingBusy when too many passwords are being checked
     */
    SignedIn stepUp(AccountId account, UUID session, String password);

    /**
     * @param token for the cookie, 43 base64url characters; not stored
     * @param known what the browser is known by from now on, for a cookie of a year; not stored; empty if it stays as it is
     */
    record SignedIn(String token, SessionView session, String known) {}
}
