package org.tidings.web.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.tidings.accounts.Role;
import org.tidings.web.pages.Navigation;

/** Menu entries of the pages about people. */
@ApplicationScoped
class AccountsNavigation implements Navigation {

    private static final Set<Role> WITH_SCOPES =
            Set.of(Role.EDITOR, Role.PUBLISHER, Role.ANNOUNCER, Role.PRIVACY_OFFICER);

    @Override
    public List<Entry> entries() {
        return List.of(
                new Entry(Menu.MEMBER, 10, "/me/profile", "accounts.menu.profile", Set.of()),
                new Entry(Menu.MEMBER, 30, "/me/address", "accounts.menu.address", Set.of()),
                new Entry(Menu.MEMBER, 40, "/me/password", "accounts.menu.password", Set.of()),
                new Entry(Menu.MEMBER, 50, "/me/sessions", "accounts.menu.sessions", Set.of()),
                new Entry(Menu.MEMBER, 60, "/me/data", "accounts.menu.data", Set.of()),
                new Entry(Menu.MEMBER, 70, "/me/tokens", "accounts.menu.tokens", WITH_SCOPES),
                new Entry(Menu.MEMBER, 90, "/me/close", "accounts.menu.close", Set.of()),
                new Entry(Menu.STAFF, 70, "/staff/accounts", "accounts.menu.records", Set.of(Role.PRIVACY_OFFICER)),
                new Entry(
                        Menu.STAFF,
                        75,
                        "/staff/erasures",
                        "accounts.menu.erasures",
                        Set.of(Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)),
                new Entry(Menu.STAFF, 80, "/staff/people", "accounts.menu.people", Set.of(Role.ADMINISTRATOR)),
                new Entry(
                        Menu.STAFF,
                        90,
                        "/staff/audit",
                        "accounts.menu.audit",
                        Set.of(Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)));
    }
}
