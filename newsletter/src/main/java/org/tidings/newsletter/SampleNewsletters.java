package org.tidings.newsletter;

import org.tidings.accounts.AccountId;

/**
 * Made-up newsletters with past issues and subscribers at example domains, so that a newcomer sees the system alive. Nothing
 * is sent for them.
 */
public interface SampleNewsletters {

    boolean present();

    /** Adds them unless they are there. */
    void add(AccountId by);

    /**
     * Removes them with their issues, their subscriptions and the consent records of these, and every made-up subscriber who
     * is left with none.
     */
    void remove(AccountId by);
}
