package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** All newsletters on offer to whoever asks, each with the way to its own page, and to all of them at once. */
@Path("/newsletters")
public class NewslettersResource {

    private final Pages pages;
    private final ReadableNewsletters newsletters;

    @Inject
    public NewslettersResource(Pages pages, ReadableNewsletters newsletters) {
        this.pages = pages;
        this.newsletters = newsletters;
    }

    @GET
    @Public
    public Response all() {
        return pages.ok("newsletters/index", Map.of("newsletters", newsletters.offered(), "form", Form.empty()));
    }
}
