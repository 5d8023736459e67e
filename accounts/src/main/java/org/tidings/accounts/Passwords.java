package org.tidings.accounts;

import java.util.Locale;
import java.util.UUID;
import org.tidings.mail.EmailAddress;

/**
 * Choosing another password. Rules: 15 to 128 code points after NFKC, nothing else about their kind (SEC-12, SEC-13), not on
 * the list of common ones (SEC-14). Kept as Argon2id in PHC form (SEC-18).
 */
public interface Passwords {

    /**
     * Ends the account's other sessions, knows no other browser any more, and tells the holder by mail (SEC-16), naming the API tokens
     * that were revoked or still work. Tries at the present password are counted by the session.
     *
     * @param keep the session in which the change is made
     * @param revokeTokens her programs need new tokens
     * @throws PasswordWrong when {@code current} is not the password
     * @throws PasswordRejected when the password breaks a rule
     * @throws TooManyTries when a limit is reached
     * @throws HashingBusy when too many passwords are being checked
     */
    void change(AccountId account, UUID keep, String current, String chosen, boolean revokeTokens, Client client);

    /**
     * Asks for a link by mail, good for an hour; the same work and answer whether or not there is an account (SEC-01, SEC-23).
     *
     * @throws AskedTooOften when the network has asked for 60 mails within the hour
     */
    void requestReset(EmailAddress address, Locale language, Client client);

    /**
     * Looks a link up; changes nothing.
     *
     * @return the address it was sent to
     * @throws LinkNotValid when the link is unknown, expired or used
     */
    EmailAddress checkReset(String token);

    /**
     * Sets a password without the old one; ends all sessions, opens none (SEC-24), revokes all API tokens, lifts the stop on tries, tells
     * the holder. This browser is known from then on, and no other: she can sign in here whatever strangers try.
     *
     * @return what the browser is known by, as {@link SignIn.SignedIn#known}
     * @throws LinkNotValid when the link is unknown, expired or used
     * @throws PasswordRejected when the password breaks a rule
     * @throws HashingBusy when too many passwords are being checked
     */
    String reset(String token, String chosen, Client client);
}
