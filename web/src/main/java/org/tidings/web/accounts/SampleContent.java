package org.tidings.web.accounts;

import org.tidings.accounts.AccountId;

/**
 * Made-up content that shows a newcomer the system alive. Implemented as a CDI bean by the area that makes it; without one,
 * the first administrator is not asked.
 */
public interface SampleContent {

    /** Whether it is there now, so that it can be removed. */
    boolean present();

    /** Whether the site has content of its own, to which none that is made up may be added. */
    boolean inUse();

    /** Makes it; does nothing if it is there, or the site is in use. */
    void load(AccountId by);

    /** Removes all of it, and nothing else. */
    void remove(AccountId by);
}
