package org.tidings.mail;

import java.util.Optional;

/**
 * Takes mail that comes in for addresses of its own, beside what is returned: unsubscribe mails. Implemented as a CDI bean by the
 * module that writes such addresses into mails.
 */
public interface IncomingMail {

    /** Whether mail to this address is for it. Asked while the other side waits: fast, no database. */
    boolean takes(String address);

    /**
     * A mail came for an address that it takes. Called in the transaction that handles the mail, possibly several times for one: must be
     * idempotent. What the mail says is not asked, only whom it was written to.
     */
    void came(String address);

    /**
     * Whose mail bore this List-Unsubscribe field: complaint reports often blacken everything else.
     *
     * @return empty unless the field's token is genuine and the person is still known
     */
    Optional<EmailAddress> whoseUnsubscribeField(String field);
}
