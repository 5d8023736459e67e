package org.tidings.accounts;

import java.util.Locale;

/** What the holder corrects herself. */
public interface Profiles {

    /**
     * Fires {@link AccountChanged} if name or language differ.
     *
     * @param name display name, may be empty, at most 100 code points
     * @throws NameRejected when the name cannot be kept
     * @throws PhoneRejected when calls are wished and the number cannot be kept
     * @throws AccountNotFound when there is none
     */
    void correct(AccountId account, String name, Locale language, ContactWishes wishes);
}
