package org.tidings.accounts;

import java.util.Map;

/** Everything that is stored about a person, gathered from every {@link PersonalData} (GDPR 15 and 20). */
public interface Exports {

    /**
     * Sections in alphabetical order of their keys, {@code account} first; plain JSON.
     *
     * @throws AccountNotFound when there is none
     * @throws ExportLimitReached more than four in 24 hours
     */
    Map<String, Object> forHolder(AccountId account);

    /**
     * The same to answer a data request; recorded as a reading, with the reason.
     *
     * @throws ReasonMissing when no reason is given
     */
    Map<String, Object> onRequest(AccountId officer, AccountId account, String reason);
}
