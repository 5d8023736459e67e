package org.tidings.newsletter;

import java.util.List;
import java.util.Optional;
import org.tidings.accounts.AccountId;

/**
 * Whom a newsletter that is not for everybody is for. Who asks is known by a session; the address that a visitor types says nothing about
 * who she is.
 */
public interface Readership {

    /**
     * Whether she may know of it and read it: everybody a public one, whoever has an account one for members, and one by invitation who was
     * invited or has subscribed once, unless staff have ended that.
     *
     * @param reader empty for a visitor
     */
    boolean admits(NewsletterView newsletter, Optional<AccountId> reader);

    /** Those on offer that she may know of, by name. */
    List<NewsletterView> offeredTo(Optional<AccountId> reader);
}
