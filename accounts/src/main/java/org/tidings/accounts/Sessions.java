package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Signed-in browsers, and those that are known from before. Tokens are 32 random bytes as base64url; only their SHA-256 is stored. */
public interface Sessions {

    /** The session of a cookie's value, unless unknown, expired (idle or absolute), revoked, or of an account not active. */
    Optional<SessionView> resolve(String token);

    /** The holder's sessions, the newest first. */
    List<SessionView> of(AccountId account);

    /** Browsers in which the holder has signed in within a year, the newest first, at most twenty. */
    List<Known> known(AccountId account);

    /** Ends one session of this account; does nothing if it is another's. Its browser stays known. */
    void revoke(AccountId account, UUID session);

    /** The same, and its browser is known no longer: it is not the holder's. */
    void disown(AccountId account, UUID session);

    /** Ends all sessions but this one, and no other browser is known. */
    void disownOthers(AccountId account, UUID keep);

    void revokeAll(AccountId account);

    /**
     * A browser that is known: strangers' tries at the password do not slow it down.
     *
     * @param client a short description of browser and system
     */
    record Known(String client, OffsetDateTime since, OffsetDateTime lastSignInAt) {}
}
