package org.tidings.accounts;

import java.util.Locale;
import java.util.UUID;
import org.tidings.mail.EmailAddress;

/**
 * Choosing another password. Rules: 15 to 128 code points after NFKC, nothing else about their kind (S12, S13), not on
 * the list of common ones (S14). Kept as Argon2id in PHC form (S18).
 */
public interface Passwords {

    /**
     * Ends the account's other sessions and tells the holder by mail (S16).
     *
     * @param keep the session in which the change is made
     * @throws PasswordWrong when {@code current} is not the password
     * @throws PasswordRejected when the password breaks a rule
     * @throws TooManyTries when a limit is reached
     * @throws HashingBusy when too many passwords are being checked
     */
    void change(AccountId account, UUID keep, String current, String chosen, Client client);

    /** Asks for a link by mail, good for an hour; the same work and answer whether or not there is an account (S01, S23). */
    void requestReset(EmailAddress address, Locale language, Client client);

    /** @throws LinkNotValid when the link is unknown, expired or used */
    void checkReset(String token);

    /**
     * Sets a password without the old one; ends all sessions, opens none (S24), lifts the stop on tries, tells the holder.
     *
     * @throws LinkNotValid when the link is unknown, expired or used
     * @throws PasswordRejected when the password breaks a rule
     * @throws HashingBusy when too many passwords are being checked
     */
    void reset(String token, String chosen);
}
