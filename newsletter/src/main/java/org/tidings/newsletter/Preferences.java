package org.tidings.newsletter;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Leaving by the links in a newsletter, without sign-in.
 *
 * <p>The token is stateless: 43 base64url characters, 16 bytes of subscription id and the first 16 bytes of its
 * HMAC-SHA-256. It never expires and works any number of times (RFC 8058; CASL wants 60 days). Whoever holds it can leave
 * and look at the list of newsletters, but not join: a forwarded newsletter carries it too.
 */
public interface Preferences {

    /** Whether the token is one of ours; no database is asked. */
    boolean genuine(String token);

    /** The newsletter that the token was sent with; empty if the token is not genuine or nothing is stored any more. */
    Optional<SubscriptionView> subscription(String token);

    /**
     * Ends this one subscription, recorded before this returns. Idempotent; does nothing for a test mail's token.
     *
     * @return whether the token is genuine
     */
    boolean unsubscribe(String token, Means means);

    /**
     * Ends every subscription of the address. Idempotent.
     *
     * @return whether the token is genuine
     */
    boolean unsubscribeAll(String token, Means means);

    /** Everything on offer and the address's standing with it; empty as for {@link #subscription}. */
    Optional<Sheet> sheet(String token);

    /** Ends one other subscription of the same address. */
    void unsubscribe(String token, NewsletterId newsletter);

    /** Asks for one newsletter: a confirmation goes to the address, as the token may have been forwarded. */
    void request(String token, NewsletterId newsletter);

    /**
     * Keeps where the person lives, so that issues with sending hours reach her in her daytime.
     *
     * @param zone empty to forget it
     * @return false if the address belongs to an account, whose holder says it there, or if nothing is stored any more
     */
    boolean liveIn(String token, Optional<ZoneId> zone);

    /**
     * Erases the address and everything personal, unless it belongs to an account.
     *
     * @return false if it belongs to an account, whose holder erases it there
     */
    boolean erase(String token);

    /**
     * The preferences of one address.
     *
     * @param maskedAddress such as {@code m…@example.com}
     * @param hasAccount whether the address belongs to an account
     * @param zoneKnown whether a time zone is stored; not which, as the link may have been forwarded
     */
    record Sheet(String maskedAddress, boolean hasAccount, boolean zoneKnown, List<Choice> choices) {}

    /** @param state empty if it was never asked for */
    record Choice(NewsletterView newsletter, Optional<SubscriptionState> state) {}
}
