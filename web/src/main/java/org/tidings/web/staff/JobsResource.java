package org.tidings.web.staff;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.accounts.Role;
import org.tidings.site.Jobs;
import org.tidings.web.access.StaffRole;
import org.tidings.web.pages.Pages;

/** What this server does by itself, when it last did, and what does not succeed. */
@Path("/staff/jobs")
public class JobsResource {
    private final Pages pages;
    private final Jobs jobs;

    @Inject
    public JobsResource(Pages pages, Jobs jobs) {
        this.pages = pages;
        this.jobs = jobs;
    }

    @GET
    @StaffRole(Role.ADMINISTRATOR)
    public Response list() {
        return pages.ok("staff/jobs", Map.of("jobs", jobs.list()));
    }
}
