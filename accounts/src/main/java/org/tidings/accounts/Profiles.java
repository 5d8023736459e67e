package org.tidings.accounts;

import java.util.Locale;

/** What the holder corrects herself. */
public interface Profiles {

    /**
     * Fires {@link AccountChanged} if name or language differ.
     *
     * @param name display name, may be empty, at most 100 code points
     * @throws NameRejected
     * @throws PhoneRejected
     * @throws AccountNotFound
     */
    void correct(AccountId account, String name, Locale language, ContactWishes wishes);
}
