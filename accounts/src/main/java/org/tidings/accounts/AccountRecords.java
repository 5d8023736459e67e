package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Single records for the privacy officer; each reading is on record and shown to the person (SEC-51). */
public interface AccountRecords {

    /**
     * Accounts whose address or name contains the text, case-insensitively, by ascending id. Recorded in the audit log,
     * without the text.
     *
     * @param text 3 to 254 characters; shorter finds nothing
     * @param after the last id seen
     * @param limit 1 to 201
     */
    List<AccountView> search(AccountId officer, String text, Optional<AccountId> after, int limit);

    /**
     * One record.
     *
     * @throws ReasonMissing when no reason is given
     * @throws AccountNotFound when there is none
     */
    AccountView open(AccountId officer, AccountId account, String reason);

    /**
     * Shows the person that somebody who sends newsletters opened what is kept about her subscriptions; who that was is in the audit
     * log already. Once an hour is enough.
     */
    void subscriptionsOpened(AccountId account);

    /**
     * Records that personal data was given to somebody because the law requires it (P11): for good in the audit log, and, unless
     * the law forbids that, where the person sees it.
     *
     * @throws ReasonMissing when a part is missing
     * @throws AccountNotFound when there is no such account
     */
    void disclosed(AccountId officer, AccountId account, Disclosure disclosure);

    /**
     * What was given to whom. Each part is 3 to 120 characters on one line, and names no person.
     *
     * @param recipient the court or authority
     * @param ground the law, and the file number of the order
     * @param what which data
     * @param secret the law forbids telling the person
     */
    record Disclosure(String recipient, String ground, String what, boolean secret) {}

    /** Who read the person's record and to whom it was disclosed, newest first, at most 201. */
    List<Reading> readingsOf(AccountId account);

    /**
     * @param what {@code opened}, {@code exported}, {@code disclosed}, {@code subscriptions}
     * @param reason empty of {@code subscriptions}
     */
    record Reading(OffsetDateTime at, String what, String reason) {}
}
