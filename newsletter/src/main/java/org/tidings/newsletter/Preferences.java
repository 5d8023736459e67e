package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Leaving one newsletter, and asking for it again, by the links in its issues, without sign-in.
 *
 * <p>The token is stateless: 43 base64url characters, of the subscription's id, a proof that it is ours, and a mark of the address it was
 * mailed to. It never expires and works any number of times (RFC 8058; CASL wants 60 days). Whoever holds it, also of a newsletter
 * that was forwarded, can end this one subscription and have it asked for again by mail, and sees nothing else. What was mailed to an
 * address that the reader has given up still ends the subscription and shows nothing. Everything else takes {@link Sittings}.
 */
public interface Preferences {

    /** What a token leads to. */
    enum Kind {
        /** The subscription that it was mailed for. */
        OWN,
        /** One whose reader has another address by now. */
        MOVED,
        /** A reader whose data was erased. */
        ERASED,
        /** Nobody's: of a test mail, or of a newsletter that is gone. */
        NOBODYS,
        /** The token is none of ours. */
        FOREIGN
    }

    /**
     * What stands behind a token.
     *
     * @param subscription of {@link Kind#OWN} only
     * @param maskedAddress such as {@code m…@example.com}; of {@link Kind#OWN} only
     * @param hasAccount whether the address belongs to an account
     * @param undoable whether she left so lately by a link that {@link #undo} takes it back
     */
    record Behind(
            Kind kind,
            Optional<SubscriptionView> subscription,
            String maskedAddress,
            boolean hasAccount,
            boolean undoable) {

        /** One where nothing can be taken back. */
        public Behind(Kind kind, Optional<SubscriptionView> subscription, String maskedAddress, boolean hasAccount) {
            this(kind, subscription, maskedAddress, hasAccount, false);
        }
    }

    /** Whether the token is one of ours; no database is asked. */
    boolean genuine(String token);

    /** What the token leads to; changes nothing. */
    Behind behind(String token);

    /** The token as it was mailed, if this one lost its end or its capitals on the way and nobody else's can be meant. */
    Optional<String> mended(String damaged);

    /**
     * Ends this one subscription, recorded before this returns. Idempotent; does nothing for a test mail's token. Also by a token that
     * was damaged or went to a former address.
     *
     * @return whether the token is genuine
     */
    boolean unsubscribe(String token, Means means);

    /**
     * Takes back that she left by this link, within a day and once a week; on record as such, with the words that she had agreed to.
     *
     * @return false if there is nothing to take back
     */
    boolean undo(String token);

    /** Counts why she left, once for each time; nothing is kept of who said it. Does nothing unless she has left. */
    void say(String token, LeavingReason reason);

    /**
     * Sends nothing of it until then; it comes again by itself. Does nothing for one that she does not get.
     *
     * @throws IllegalArgumentException unless it is in the next 366 days
     */
    void pause(String token, OffsetDateTime until);

    /** Ends a pause. */
    void resume(String token);

    /**
     * Asks for this newsletter again: a confirmation goes to the address, as the token may have been forwarded.
     *
     * @param network as for {@link Subscriptions#request}
     */
    void request(String token, String network);

    /** Has the link to everything mailed to the address behind the token, in the reader's language; as {@link Sittings#request}. */
    void requestEverything(String token, String network);
}
