package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.Preferences;
import org.tidings.web.access.OpenToOtherSites;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Leaving by the link in a newsletter. The address is what stands in {@code List-Unsubscribe}: mail programs post to it (RFC
 * 8058), people open it and find one button.
 */
@Path("/u/{token: [A-Za-z0-9_-]{1,100}}")
public class UnsubscribeResource {

    private final Pages pages;
    private final Preferences preferences;
    private final NewsletterLinks links;

    @Inject
    public UnsubscribeResource(Pages pages, Preferences preferences, NewsletterLinks links) {
        this.pages = pages;
        this.preferences = preferences;
        this.links = links;
    }

    /** RFC 8058 section 3.2: no redirect, no cookie, whatever the form's encoding. Recorded before it is answered. */
    @POST
    @Public
    @OpenToOtherSites(because = "the token names one subscription, and ending it is all that this does")
    @Consumes(MediaType.WILDCARD)
    public Response oneClick(@PathParam("token") String token) {
        if (!preferences.unsubscribe(token, Means.ONE_CLICK)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return Response.ok("Unsubscribed.\n", "text/plain; charset=utf-8").build();
    }

    /** Changes nothing: scanners follow links. */
    @GET
    @Public
    public Response look(@PathParam("token") String token) {
        return links.look(
                "/u/", token, behind -> pages.ok("newsletters/leave", Map.of("token", token, "behind", behind)));
    }

    /** The button of the page. */
    @POST
    @Path("leave")
    @Public
    public Response leave(@PathParam("token") String token) {
        return preferences.unsubscribe(token, Means.LINK)
                ? pages.seeOther("/u/" + token)
                : links.damaged(404, "damaged");
    }
}
