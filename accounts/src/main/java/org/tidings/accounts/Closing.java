package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.Locale;
import org.tidings.mail.EmailAddress;

/** Leaving, coming back, and leaving for good. */
public interface Closing {

    /**
     * Ends sessions, API tokens and links, takes waiting mail back, sends a receipt. Fires {@link AccountDeactivated}.
     *
     * @return when it will be erased, {@code tidings.accounts.reactivation.days} from now
     * @throws AccountNotFound unless active
     * @throws LastAdministratorMustStay when nobody else is administrator
     */
    OffsetDateTime deactivate(AccountId account, Client client);

    /** The same where it is not known in which browser. */
    OffsetDateTime deactivate(AccountId account);

    /**
     * Asks for a link by mail, good for 24 hours; the same work and answer whatever is known of the address.
     *
     * @throws AskedTooOften when the network has asked for 60 mails within the hour
     */
    void requestReactivation(EmailAddress address, Locale language, Client client);

    /**
     * Looks a link up; changes nothing.
     *
     * @return the address it was sent to
     * @throws LinkNotValid when the link is unknown, expired or used
     */
    EmailAddress checkReactivation(String token);

    /**
     * Mailbox and password together bring the account back within the window. Fires {@link AccountReactivated}. Staff roles
     * do not come back.
     *
     * @throws LinkNotValid when the link is unknown, expired or used
     * @throws PasswordWrong the link stays good
     * @throws TooManyTries when a limit is reached
     * @throws HashingBusy when too many passwords are being checked
     */
    void reactivate(String token, String password, Client client);

    /**
     * Erases at once, by the holder herself. The receipt is posted first, {@link AccountErased} is fired, and only the ledger
     * line with a keyed hash of the address stays (SEC-63).
     *
     * @throws AccountNotFound when there is none
     * @throws LastAdministratorMustStay when nobody else is administrator
     */
    void erase(AccountId account);
}
