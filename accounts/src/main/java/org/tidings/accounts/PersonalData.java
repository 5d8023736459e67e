package org.tidings.accounts;

import org.tidings.mail.EmailAddress;

/** What a module stores about a person, for her download. Implemented as a CDI bean by every module that stores any. */
public interface PersonalData {

    /** Key of the section in the export, for example {@code subscriptions}. */
    String section();

    /**
     * Plain JSON: maps, lists, strings, numbers, booleans. No secrets, no other person's data.
     *
     * @return maps and lists only, in reading order
     */
    Object of(AccountId account, EmailAddress address);
}
