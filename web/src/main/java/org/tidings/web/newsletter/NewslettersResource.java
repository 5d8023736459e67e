package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.newsletter.Newsletters;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** All newsletters on offer, each with the way to its own page, and to all of them at once. */
@Path("/newsletters")
public class NewslettersResource {

    private final Pages pages;
    private final Newsletters newsletters;

    @Inject
    public NewslettersResource(Pages pages, Newsletters newsletters) {
        this.pages = pages;
        this.newsletters = newsletters;
    }

    @GET
    @Public
    public Response all() {
        return pages.ok("newsletters/index", Map.of("newsletters", newsletters.offered(), "form", Form.empty()));
    }
}
