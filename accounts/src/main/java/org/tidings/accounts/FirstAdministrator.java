package org.tidings.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.EmailAddress;

/** The one-time link with which a fresh site gets its first administrator. */
public interface FirstAdministrator {

    /**
     * A new token, good for an hour, for {@code /setup/{token}}; earlier ones are dead. To be called at every start and
     * shown to the operator only.
     *
     * @return empty once there is an administrator
     */
    Optional<String> newToken();

    /** @throws LinkNotValid when the link is unknown, expired or used */
    void check(String token);

    /**
     * Opens the account, address unproved: who reads the console owns the site. Records who did it.
     *
     * @param alsoRoles roles beside {@code ADMINISTRATOR}
     * @throws LinkNotValid when the link is unknown, expired or used
     * @throws AddressTaken when the address has an account
     * @throws PasswordRejected when the password breaks a rule
     * @throws NameRejected when the name cannot be kept
     * @throws HashingBusy when too many passwords are being checked
     */
    AccountId open(
            String token, EmailAddress address, String name, String password, Set<Role> alsoRoles, Locale language);
}
