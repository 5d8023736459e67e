package org.tidings.accounts;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.EmailAddress;

/**
 * The way from an address to an account. A registration reserves nothing: several may wait for one address, the first
 * whose link is used becomes the account, and the others are dead from then on (SEC-04, SEC-08).
 */
public interface Registrations {

    /**
     * Asks for an account. Does the same work whatever is known of the address (SEC-01, SEC-02): what follows is decided in the
     * background. A new address gets a link that works for 24 hours, at most three an hour; a holder is told that there is
     * an account already, once in 24 hours; a holder of a deactivated one how to reactivate it.
     *
     * @throws AskedTooOften when the network has asked for 60 mails within the hour
     * @param interests opaque here (ids of newsletters), at most 50 of 1 to 64 characters from {@code A-Za-z0-9._-};
     *     others are left out
     */
    void request(EmailAddress address, Locale language, Set<String> interests, Client client);

    /**
     * Looks a link up; changes nothing (SEC-05).
     *
     * @throws LinkNotValid when the link is unknown, expired or used
     */
    PendingRegistration find(String token);

    /**
     * The button was pressed: the mailbox is proved. The link stays good for {@link #open} until it expires. Gives no roles to
     * somebody who has an account: see {@link #accept}.
     *
     * @throws LinkNotValid when the link is unknown, expired or used
     */
    PendingRegistration prove(String token);

    /**
     * The holder of the invited address takes the roles on, and the link is used. Her mailbox alone does not make her staff: she is
     * signed in, with her password. All her sessions end, so that she signs in with what she may now (SEC-33).
     *
     * @param signedIn who is signed in
     * @throws LinkNotValid when the link is unknown, expired or used, or invites somebody else
     */
    void accept(String token, AccountId signedIn);

    /**
     * Opens the account of a proved registration and fires {@link AccountOpened}.
     *
     * @param zone what is known of where she lives: she may have said it as a subscriber of this address; she is not asked here
     * @throws LinkNotValid also when not proved, or when another link for the address won
     * @throws PasswordRejected when the password breaks a rule
     * @throws NameRejected when the name cannot be kept
     * @throws PhoneRejected when calls are wished and the number cannot be kept
     * @throws HashingBusy when too many passwords are being checked
     */
    AccountId open(
            String token, String name, String password, ContactWishes wishes, Locale language, Optional<ZoneId> zone);

    /**
     * What a link is about.
     *
     * @param invitedTo roles of an invitation, empty for a registration
     * @param holder the account of an invited holder; its roles are granted by {@link #accept}
     */
    record PendingRegistration(
            EmailAddress address, Locale language, boolean proved, Set<Role> invitedTo, Optional<AccountId> holder) {}
}
