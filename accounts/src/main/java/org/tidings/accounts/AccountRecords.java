package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Single records for the privacy officer; each reading is on record and shown to the person (S51). */
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

    /** Who read the person's record, newest first, at most 201. */
    List<Reading> readingsOf(AccountId account);

    /** @param what {@code opened}, {@code exported} */
    record Reading(OffsetDateTime at, String what, String reason) {}
}
