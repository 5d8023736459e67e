package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Pages;

/** The page after leaving; says the same to everybody. */
@Path("/goodbye")
public class GoodbyeResource {

    private final Pages pages;

    @Inject
    public GoodbyeResource(Pages pages) {
        this.pages = pages;
    }

    @GET
    @Path("{how: deactivated|erased}")
    @Public
    public Response goodbye(@jakarta.ws.rs.PathParam("how") String how) {
        return pages.ok("accounts/goodbye", Map.of("how", how));
    }
}
