package org.tidings.accounts;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Signed-in browsers. Tokens are 32 random bytes as base64url; only their SHA-256 is stored. */
public interface Sessions {

    /** The session of a cookie's value, unless unknown, expired (idle or absolute), revoked, or of an account not active. */
    Optional<SessionView> resolve(String token);

    /** The holder's sessions, the newest first. */
    List<SessionView> of(AccountId account);

    /** Ends one session of this account; does nothing if it is another's. */
    void revoke(AccountId account, UUID session);

    void revokeAll(AccountId account);
}
