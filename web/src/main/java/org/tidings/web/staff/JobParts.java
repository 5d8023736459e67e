package org.tidings.web.staff;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidings.accounts.Role;
import org.tidings.site.Jobs;
import org.tidings.site.Jobs.Job;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Fragment;
import org.tidings.web.pages.Fragments;
import org.tidings.web.pages.Navigation;

/** The way to the jobs, and on the first page of administrators those that do not succeed. */
@ApplicationScoped
class JobParts implements Navigation, Fragments {

    @Inject
    Jobs jobs;

    @Override
    public List<Fragment> at(Place place, Visitor visitor) {
        if (place != Place.STAFF_HOME || !visitor.has(Role.ADMINISTRATOR)) {
            return List.of();
        }
        List<Job> failing = jobs.list().stream().filter(Job::fails).toList();
        return failing.isEmpty() ? List.of() : List.of(new Fragment(2, "staff/failing", Map.of("jobs", failing)));
    }

    @Override
    public List<Entry> entries() {
        return List.of(new Entry(Menu.STAFF, 95, "/staff/jobs", "staff.jobs.title", Set.of(Role.ADMINISTRATOR)));
    }
}
