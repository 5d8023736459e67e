package org.tidings.web.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Fragment;
import org.tidings.web.pages.Fragments;

/** What the overview of staff shows about people. */
@ApplicationScoped
class AccountsFragments implements Fragments {

    @Inject
    Accounts accounts;

    @Inject
    Staff staff;

    @Inject
    Instance<SampleContent> sample;

    @Override
    public List<Fragment> at(Place place, Visitor visitor) {
        if (place != Place.STAFF_HOME || !(visitor.has(Role.ADMINISTRATOR) || visitor.has(Role.PRIVACY_OFFICER))) {
            return List.of();
        }
        List<Fragment> shown = new ArrayList<>();
        shown.add(new Fragment(
                80,
                "accounts/staff-card",
                Map.of(
                        "active",
                        accounts.countActive(),
                        "staff",
                        staff.members().size(),
                        "invited",
                        staff.invitations().size())));
        if (visitor.has(Role.ADMINISTRATOR)
                && sample.isResolvable()
                && sample.get().present()) {
            shown.add(new Fragment(90, "accounts/sample-card", Map.of()));
        }
        return shown;
    }
}
