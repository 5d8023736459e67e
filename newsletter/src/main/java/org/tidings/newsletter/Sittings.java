package org.tidings.newsletter;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.EmailAddress;

/**
 * Everything that is kept about one reader, seen and changed by her without sign-in: she has a link mailed to her, which works for an hour,
 * and opens it in one browser, for one sitting of an hour. A change of her address, an erasure and a deactivated account end both.
 *
 * <p>A browser is known by a secret of its own, of which only a hash is kept.
 */
public interface Sittings {

    /**
     * Asks for the link. Does the same for every address, and takes the same time; what follows is decided in the background. Who is
     * subscribed or was, and the holder of an account, gets the link; who asked for a newsletter and has not confirmed gets that link
     * again; nobody else gets anything. At most three links in 24 hours go to one address.
     *
     * @param network where it is asked from, of {@link org.tidings.accounts.FormMail#networkOf}, to be counted first
     */
    void request(EmailAddress address, Locale language, String network);

    /** What a link can do. */
    enum State {
        /** It was not opened yet. */
        NEW,
        /** It was opened by this browser a moment ago. */
        OPEN,
        /** It is unknown, its time is over, or another browser has opened it. */
        OVER
    }

    /** Looks a link up; changes nothing. */
    State stateOf(String token, String browser);

    /**
     * Opens the link in this browser and no other; idempotent.
     *
     * @throws SittingOver if it cannot be opened any more
     */
    void open(String token, String browser);

    /**
     * What is kept and can be changed.
     *
     * @param wordingIn the language that the words to be agreed to are shown in
     * @throws SittingOver unless open in this browser; so do all that follow
     */
    Sheet sheet(String token, String browser, Locale wordingIn);

    /** Whose everything it is. */
    SubscriberId reader(String token, String browser);

    /**
     * Subscribes to what is wanted, the mailbox being proved, and ends the rest; what is not on offer is passed over.
     *
     * @param wordingIn the language of the words that were agreed to: the one that the sheet was shown with
     */
    void choose(String token, String browser, Set<NewsletterId> wanted, Locale wordingIn);

    /** Ends every subscription. */
    void unsubscribeAll(String token, String browser);

    /**
     * Keeps language and time zone.
     *
     * @param zone empty to forget it
     * @return false if the address belongs to an account, whose holder says it there
     */
    boolean describe(String token, String browser, Locale language, Optional<ZoneId> zone);

    /** A copy of everything that is stored (GDPR 15 and 20), as plain JSON: maps, lists, texts, numbers, booleans. */
    Map<String, Object> copy(String token, String browser);

    /**
     * Erases the address and everything personal, and sends a last mail as the receipt.
     *
     * @return false if the address belongs to an account, whose holder erases it there
     */
    boolean erase(String token, String browser);

    /** Ends the sitting. */
    void end(String token, String browser);

    /**
     * @param address in full: the mailbox was proved
     * @param hasAccount whether it belongs to an account, where language, time zone, copy and erasure are
     */
    record Sheet(String address, boolean hasAccount, Locale language, Optional<ZoneId> zone, List<Choice> choices) {}

    /**
     * @param state empty if it was never asked for
     * @param wording what is agreed to by subscribing
     */
    record Choice(NewsletterView newsletter, Optional<SubscriptionState> state, String wording) {}
}
