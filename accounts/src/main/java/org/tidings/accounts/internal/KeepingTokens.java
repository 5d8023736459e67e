package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Role;
import org.tidings.site.Transactional;

/** Keys of staff for their programs. */
@ApplicationScoped
@Transactional
class KeepingTokens implements ApiTokens {

    private static final String PREFIX = "tdg_";

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    AuditLog audit;

    @Inject
    Now now;

    @Override
    public String create(AccountId account, String label, Set<Scope> scopes, OffsetDateTime expiresAt) {
        people.active(account);
        Set<Scope> allowed = allowed(account.value(), scopes);
        if (allowed.isEmpty() || !allowed.equals(scopes)) {
            throw new IllegalArgumentException("scopes need their roles");
        }
        Token token = Token.random();
        String value = PREFIX + token.value();
        UUID id = Ids.next();
        em.persist(new ApiToken(
                id, Token.hash(value), account.value(), DisplayName.of(label), scopes, now.get(), expiresAt));
        audit.record(account, "create-api-token", "api-token", id, "");
        return value;
    }

    @Override
    public Optional<TokenView> resolve(String token) {
        OffsetDateTime at = now.get();
        return em.createQuery("select t from ApiToken t where t.tokenHash = :hash", ApiToken.class)
                .setParameter("hash", Token.hash(token))
                .getResultStream()
                .findFirst()
                .filter(t -> t.good(at))
                .filter(t -> people.account(new AccountId(t.account()))
                        .filter(Account::active)
                        .isPresent())
                .map(t -> {
                    t.used(at);
                    return t.view(allowed(t.account(), t.scopes()));
                });
    }

    private Set<Scope> allowed(UUID account, Set<Scope> scopes) {
        Set<Role> roles = people.rolesOf(account);
        Set<Scope> allowed = EnumSet.noneOf(Scope.class);
        scopes.stream().filter(scope -> roles.contains(scope.role())).forEach(allowed::add);
        return allowed;
    }

    @Override
    public List<TokenView> of(AccountId account) {
        return em.createQuery(
                        "select t from ApiToken t where t.account = :account order by t.createdAt", ApiToken.class)
                .setParameter("account", account.value())
                .getResultStream()
                .map(t -> t.view(t.scopes()))
                .toList();
    }

    @Override
    public void revoke(AccountId account, UUID token) {
        int deleted = em.createQuery("delete from ApiToken t where t.account = :account and t.id = :id")
                .setParameter("account", account.value())
                .setParameter("id", token)
                .executeUpdate();
        if (deleted > 0) {
            audit.record(account, "revoke-api-token", "api-token", token, "");
        }
    }
}
