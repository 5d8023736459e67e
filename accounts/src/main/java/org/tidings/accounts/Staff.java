package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.tidings.mail.EmailAddress;

/** Who works for the site. Every change is in the audit log, tells the person, and holds at her next request. */
public interface Staff {

    List<Member> members();

    List<Invitation> invitations();

    /**
     * Sends a link, good for 72 hours; using it proves the mailbox and grants the roles, to a new account or to the one the
     * address has.
     *
     * @param roles at least one
     */
    void invite(AccountId by, EmailAddress address, Set<Role> roles, Locale language);

    /** Does nothing if it is gone. */
    void withdraw(AccountId by, UUID invitation);

    /**
     * Replaces the person's roles; ends her sessions, so that she signs in with what she now may (SEC-33).
     *
     * @param roles none removes her from staff; the account stays
     * @throws LastAdministratorMustStay when nobody else is administrator
     * @throws AccountNotFound unless a member
     */
    void changeRoles(AccountId by, AccountId member, Set<Role> roles);

    record Member(AccountId account, String name, EmailAddress address, Set<Role> roles, OffsetDateTime since) {}

    record Invitation(UUID id, EmailAddress address, Set<Role> roles, OffsetDateTime expiresAt) {}
}
