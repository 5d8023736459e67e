package org.tidings.web.accounts;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.tidings.accounts.Role;
import org.tidings.web.pages.Form;

/** The roles that were ticked on a form; anything else that was sent counts for nothing. */
final class StaffRoles {

    private StaffRoles() {}

    static Set<Role> of(Form form) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(Role.values())
                .filter(role -> form.ticked("role", role.name()))
                .forEach(roles::add);
        return roles;
    }
}
