package org.tidings.mail;

import java.util.List;
import java.util.UUID;

/** Where single mails are left for sending. All methods take part in the caller's transaction. */
public interface Outbox {

    /**
     * Leaves a mail; it is sent soon after the transaction commits, and not at all if it rolls back.
     *
     * @return the letter's id
     */
    UUID post(Letter letter);

    /** What was sent to the person and is kept, the newest first. */
    List<SentLetter> lettersTo(String realm, UUID person, int limit);

    /** Takes back every waiting letter to the person, receipts ({@link MailKind#ACCOUNT_RECEIPT}, last receipt) excepted. */
    void withdraw(String realm, UUID person);

    /** Removes everything that names the person, sent or waiting, but for a {@link MailKind#LAST_RECEIPT}. */
    void forget(String realm, UUID person);
}
