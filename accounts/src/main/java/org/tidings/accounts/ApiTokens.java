package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Bearer tokens of the JSON API: {@code tdg_} and 43 base64url characters; shown once, stored hashed. */
public interface ApiTokens {

    /** What a token may do; its holder must have the role too, at every request. */
    enum Scope {
        NEWSLETTERS_WRITE(Role.EDITOR),
        NEWSLETTERS_SEND(Role.PUBLISHER),
        SUBSCRIBERS(Role.PUBLISHER),
        ANNOUNCEMENTS(Role.ANNOUNCER),
        ACCOUNTS(Role.PRIVACY_OFFICER);

        private final Role role;

        Scope(Role role) {
            this.role = role;
        }

        public Role role() {
            return role;
        }
    }

    record TokenView(
            UUID id,
            AccountId account,
            String label,
            Set<Scope> scopes,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt,
            Optional<OffsetDateTime> lastUsedAt) {}

    /**
     * Makes one, and tells the holder by mail.
     *
     * @param label what it is for, at most 100 code points
     * @return the token itself, which is not shown again
     * @throws NameRejected when the label cannot be kept
     */
    String create(AccountId account, String label, Set<Scope> scopes, OffsetDateTime expiresAt, Client client);

    /** Unless unknown, expired, revoked, or of an account not active; scopes whose role was taken away are left out. */
    Optional<TokenView> resolve(String token);

    List<TokenView> of(AccountId account);

    void revoke(AccountId account, UUID token);
}
