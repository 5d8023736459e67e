package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tidings.accounts.AccountAction;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Who works for the site: invited, given roles, given others, removed. */
@ApplicationScoped
@Transactional
class StaffRoster implements Staff {

    private static final Duration NOTICE_VALID = Duration.ofDays(3);

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    PendingRegistrations pending;

    @Inject
    Mails mails;

    @Inject
    OpenSessions sessions;

    @Inject
    AuditLog audit;

    @Inject
    Now now;

    @Override
    public List<Member> members() {
        return people.members().stream()
                .flatMap(member -> people.account(new AccountId(member.account())).stream()
                        .map(account -> new Member(
                                account.id(), account.name(), account.address(), member.roles(), member.since())))
                .toList();
    }

    @Override
    public List<Invitation> invitations() {
        return em.createQuery(
                        "select r from Registration r where r.invitedBy <> '' and r.expiresAt > :now"
                                + " order by r.requestedAt",
                        Registration.class)
                .setParameter("now", now.get())
                .getResultStream()
                .map(r -> new Invitation(r.id(), r.address(), r.invitedTo(), r.expiresAt()))
                .toList();
    }

    @Override
    public void invite(AccountId by, EmailAddress address, Set<Role> roles, Locale language) {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an invitation needs a role");
        }
        Token token = Token.random();
        Registration invitation =
                Registration.invite(Ids.next(), token.hash(), address, language, roles, by.value(), now.get());
        em.persist(invitation);
        mails.toRegistration("staff-invitation", invitation, token, Map.of("roles", names(roles, language)));
        audit.record(by, AccountAction.INVITE_STAFF, "invitation", invitation.id(), codes(roles));
    }

    @Override
    public void withdraw(AccountId by, UUID invitation) {
        List<UUID> found = em.createQuery(
                        "select r.id from Registration r where r.id = :id and r.invitedBy <> ''", UUID.class)
                .setParameter("id", invitation)
                .getResultList();
        if (pending.delete(found) > 0) {
            audit.record(by, AccountAction.WITHDRAW_INVITATION, "invitation", invitation, "");
        }
    }

    /** An invitation was accepted. Roles that she has already stay. */
    void join(Account account, Registration invitation) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(people.rolesOf(account.key()));
        roles.addAll(invitation.invitedTo());
        set(account, roles);
        audit.record(account.id(), AccountAction.JOIN_STAFF, "account", account.key(), codes(roles));
    }

    void appoint(Account account, Set<Role> roles) {
        set(account, roles);
        audit.record(account.id(), AccountAction.FIRST_ADMINISTRATOR, "account", account.key(), codes(roles));
    }

    @Override
    public void changeRoles(AccountId by, AccountId member, Set<Role> roles) {
        StaffMember known = people.member(member.value()).orElseThrow(AccountNotFound::new);
        if (known.roles().equals(roles)) {
            return;
        }
        if (!roles.contains(Role.ADMINISTRATOR)) {
            people.requireAnotherAdministrator(member.value());
        }
        Account account = people.existing(member);
        set(account, roles);
        audit.record(
                by,
                roles.isEmpty() ? AccountAction.REMOVE_STAFF : AccountAction.CHANGE_ROLES,
                "account",
                member.value(),
                codes(roles));
        mails.toHolder(
                MailKind.ACCOUNT_NOTICE,
                roles.isEmpty() ? "staff-removed" : "staff-roles-changed",
                account,
                account.address(),
                Optional.empty(),
                now.get().plus(NOTICE_VALID),
                Map.of("roles", names(roles, account.language())));
    }

    private void set(Account account, Set<Role> roles) {
        OffsetDateTime at = now.get();
        Optional<StaffMember> known = people.member(account.key());
        if (roles.isEmpty()) {
            remove(account.key());
        } else if (known.isPresent()) {
            known.get().becomes(roles);
        } else {
            em.persist(new StaffMember(account.key(), roles, at));
        }
        sessions.revokeAll(account.id());
    }

    /** The holder leaves, and her roles with her. */
    void remove(UUID account) {
        people.member(account).ifPresent(em::remove);
        em.createQuery("delete from ApiToken t where t.account = :account")
                .setParameter("account", account)
                .executeUpdate();
    }

    private static String codes(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).collect(Collectors.joining(" "));
    }

    private static String names(Set<Role> roles, Locale language) {
        ResourceBundle words = Mails.words(language);
        return roles.stream()
                .sorted()
                .map(role -> words.getString("role." + role.name()))
                .collect(Collectors.joining(", "));
    }
}
