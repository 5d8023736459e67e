package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountAction;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Client;
import org.tidings.accounts.Role;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonNames;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Keys of staff for their programs. */
@ApplicationScoped
@Transactional
class KeepingTokens implements ApiTokens {

    private static final String PREFIX = "tdg_";
    private static final Duration NOTICE_VALID = Duration.ofDays(3);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    AuditLog audit;

    @Inject
    Mails mails;

    @Inject
    Now now;

    @Override
    public String create(AccountId account, String label, Set<Scope> scopes, OffsetDateTime expiresAt, Client client) {
        Account holder = people.active(account);
        Set<Scope> allowed = allowed(account.value(), scopes);
        if (allowed.isEmpty() || !allowed.equals(scopes)) {
            throw new IllegalArgumentException("scopes need their roles");
        }
        Token token = Token.random();
        String value = PREFIX + token.value();
        UUID id = Ids.next();
        DisplayName name = DisplayName.of(label);
        em.persist(new ApiToken(id, Token.hash(value), account.value(), name, scopes, now.get(), expiresAt));
        audit.record(account, AccountAction.CREATE_API_TOKEN, "api-token", id, "");
        mails.toHolder(
                MailKind.ACCOUNT_NOTICE,
                "api-token-created",
                holder,
                holder.address(),
                Optional.of("/reset"),
                now.get().plus(NOTICE_VALID),
                mails.withBrowser(holder, client, Map.of("token", name.value())));
        return value;
    }

    /** What the tokens are called that work. */
    List<String> living(AccountId account) {
        OffsetDateTime at = now.get();
        return of(account).stream()
                .filter(token -> token.expiresAt().isAfter(at))
                .map(KeepingTokens::named)
                .toList();
    }

    /** @return what those were called that worked until now */
    List<String> revokeAll(AccountId account) {
        List<String> revoked = living(account);
        of(account).forEach(token -> revoke(account, token.id()));
        return revoked;
    }

    /** Labels of before may be anything. */
    private static String named(TokenView token) {
        return PersonNames.flaw(token.label()).isEmpty() ? token.label() : "…";
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
            audit.record(account, AccountAction.REVOKE_API_TOKEN, "api-token", token, "");
        }
    }
}
