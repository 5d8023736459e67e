package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.accounts.ErasureRequests;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Pages;

/** Behind the link of the mail that says that an account is to be erased: its holder stops it. Opening the page changes nothing. */
@Path("/erasure")
public class ErasureLinkResource {

    private static final String KIND = "erasure";

    private final Pages pages;
    private final ErasureRequests erasures;
    private final Answers answers;

    @Inject
    public ErasureLinkResource(Pages pages, ErasureRequests erasures, Answers answers) {
        this.pages = pages;
        this.erasures = erasures;
        this.answers = answers;
    }

    @GET
    @Path("{token}")
    @Public
    public Response button(@PathParam("token") String token) {
        return answers.whileValid(
                KIND, () -> pages.ok("accounts/erasure-link", Map.of("token", token, "asked", erasures.find(token))));
    }

    @POST
    @Path("{token}")
    @Public
    public Response stop(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            erasures.stop(token);
            return pages.done("/sign-in", "accounts.erasure.stopped");
        });
    }
}
