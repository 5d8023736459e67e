package org.tidings.web.staff;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.accounts.Role;
import org.tidings.web.access.StaffRole;
import org.tidings.web.pages.Fragments;
import org.tidings.web.pages.Pages;

/** What is going on, as far as the roles of who looks at it reach. */
@Path("/staff")
public class StaffHomeResource {
    private final Pages pages;

    @Inject
    public StaffHomeResource(Pages pages) {
        this.pages = pages;
    }

    @GET
    @StaffRole({Role.EDITOR, Role.PUBLISHER, Role.ANNOUNCER, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR})
    public Response home() {
        return pages.ok("staff/home", Map.of("fragments", pages.fragments(Fragments.Place.STAFF_HOME)));
    }
}
