package org.tidings.accounts;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** What the holder corrects herself. */
public interface Profiles {

    /**
     * Fires {@link AccountChanged} if name, language or time zone differ.
     *
     * @param name display name, may be empty, at most 100 code points
     * @param zone where she lives, so that mails that keep to a time of the day reach her in her daytime; empty if she does not say
     * @throws NameRejected when the name cannot be kept
     * @throws PhoneRejected when calls are wished and the number cannot be kept
     * @throws AccountNotFound when there is none
     */
    void correct(AccountId account, String name, Locale language, ContactWishes wishes, Optional<ZoneId> zone);
}
