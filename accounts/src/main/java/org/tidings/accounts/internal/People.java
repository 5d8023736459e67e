package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.LastAdministratorMustStay;
import org.tidings.accounts.Role;
import org.tidings.mail.EmailAddress;

/** All accounts and who of them works for the site. */
@ApplicationScoped
class People implements Accounts {

    @Inject
    @AccountsDb
    EntityManager em;

    @Override
    public Optional<AccountView> find(AccountId account) {
        return account(account).map(this::view);
    }

    @Override
    public Optional<AccountView> findByAddress(EmailAddress address) {
        return account(address).map(this::view);
    }

    @Override
    public long countActive() {
        return em.createQuery("select count(a) from Account a where a.state = :active", Long.class)
                .setParameter("active", AccountState.ACTIVE)
                .getSingleResult();
    }

    AccountView view(Account account) {
        return account.view(rolesOf(account.key()));
    }

    Optional<Account> account(AccountId id) {
        return Optional.ofNullable(em.find(Account.class, id.value()));
    }

    Optional<Account> account(EmailAddress address) {
        return em.createQuery("select a from Account a where a.canonical = :canonical", Account.class)
                .setParameter("canonical", address.canonical())
                .getResultStream()
                .findFirst();
    }

    Account existing(AccountId id) {
        return account(id).orElseThrow(AccountNotFound::new);
    }

    Account active(AccountId id) {
        return account(id).filter(Account::active).orElseThrow(AccountNotFound::new);
    }

    Optional<StaffMember> member(UUID account) {
        return Optional.ofNullable(em.find(StaffMember.class, account));
    }

    Set<Role> rolesOf(UUID account) {
        return member(account).map(StaffMember::roles).orElse(Set.of());
    }

    List<StaffMember> members() {
        return em.createQuery("select m from StaffMember m order by m.since, m.account", StaffMember.class)
                .getResultList();
    }

    boolean anyAdministrator() {
        return members().stream().anyMatch(member -> member.roles().contains(Role.ADMINISTRATOR));
    }

    /** The rows are locked, so that two administrators cannot leave at the same time, each counting on the other. */
    void requireAnotherAdministrator(UUID leaving) {
        List<StaffMember> locked = em.createQuery("select m from StaffMember m order by m.account", StaffMember.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        boolean administrator = locked.stream()
                .anyMatch(m -> m.account().equals(leaving) && m.roles().contains(Role.ADMINISTRATOR));
        boolean another = locked.stream()
                .anyMatch(m -> !m.account().equals(leaving) && m.roles().contains(Role.ADMINISTRATOR));
        if (administrator && !another) {
            throw new LastAdministratorMustStay();
        }
    }
}
