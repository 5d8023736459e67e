package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import org.tidings.mail.EmailAddress;

/** A new address is proved before it counts; the old one is told and can undo it (SEC-61). */
public interface AddressChanges {

    /**
     * Sends a link to the new address, good for 24 hours, with no word of the holder's in it: the mailbox may be a stranger's. The present
     * one may be given too where mail to it came back, to prove that its mailbox works again. Looks the same when the address belongs to
     * another account; its holder is told then.
     *
     * @throws AddressUnchanged when it is the present one and nothing came back
     * @throws AskedTooOften after five in 24 hours
     */
    void request(AccountId account, EmailAddress wanted, Client client);

    /**
     * The changes that were asked for and wait for their link to be pressed, the newest first, each address once. One that belongs to
     * another account is among them: nobody is told by this who has an account.
     */
    List<Waiting> waiting(AccountId account);

    /** Ends them all: their links do nothing any more. Whether there were any. */
    boolean withdraw(AccountId account);

    /** @param until how long its link works */
    record Waiting(EmailAddress address, OffsetDateTime until) {}

    /**
     * Looks a link up; changes nothing.
     *
     * @return the address that will hold
     * @throws LinkNotValid when the link is unknown, expired or used
     */
    EmailAddress find(String token);

    /**
     * The new address holds from now on, and what came back from it earlier no longer stands against writing to it; the old one gets a notice and a link that undoes it within 72 hours. Fires {@link
     * AccountChanged}.
     *
     * @throws LinkNotValid also when the address was taken meanwhile
     */
    void confirm(String token, Client client);

    /**
     * Looks an undo link up; changes nothing.
     *
     * @return the address that will hold again
     * @throws LinkNotValid when the link is unknown, expired or used
     */
    EmailAddress findUndo(String token);

    /**
     * Restores the old address, ends all sessions, kills all links and API tokens, and makes the password useless: whoever
     * changed it may know it. A link to choose another is sent to the restored address. Fires {@link AccountChanged}.
     *
     * @throws LinkNotValid when the link is unknown, expired or used
     */
    void undo(String token);
}
