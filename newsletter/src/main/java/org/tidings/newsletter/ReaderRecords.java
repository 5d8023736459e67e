package org.tidings.newsletter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.mail.EmailAddress;

/**
 * Readers one by one, at staff's hands: what happened, what is corrected at her wish. Every change needs a reason of 5 to 500 characters, which
 * goes on record; no personal value belongs in it.
 */
public interface ReaderRecords {

    /** Empty if there is none, or her data was erased. */
    Optional<ReaderView> find(SubscriberId reader);

    Optional<ReaderView> find(EmailAddress address);

    /** What happened with her, the newest first. */
    List<ReaderEvent> history(SubscriberId reader, int limit);

    /**
     * Corrects what is known.
     *
     * @throws ReaderRejected naming the fields
     * @throws AttributeValuesRejected naming the attributes
     */
    void correct(SubscriberId reader, ReaderCorrection correction, String reason, AccountId by);

    /** What came of entering somebody. */
    enum Added {
        /** She gets the newsletters from now on; the proof is with her consent record. */
        SUBSCRIBED,
        /** A mail asks her to confirm: so it was wished, or she had left here, was erased or blocked before. */
        ASKED,
        /** She gets them already. */
        KNOWN
    }

    /** @throws ReaderRejected naming the fields */
    Added add(NewReader reader, AccountId by);

    /**
     * Makes one of two: subscriptions, consents and what is known of the other go to the one that stays; the other address is forgotten.
     *
     * @throws ReaderRejected if there is no such other, or it has an account
     */
    void merge(SubscriberId stays, EmailAddress other, String reason, AccountId by);

    /** A copy of everything that is stored (GDPR 15 and 20), as plain JSON. @throws ReaderRejected if she has an account */
    Map<String, Object> copy(SubscriberId reader, String reason, AccountId by);

    /** Erases everything personal, and sends a last mail as the receipt. @throws ReaderRejected if she has an account */
    void erase(SubscriberId reader, String reason, AccountId by);
}
