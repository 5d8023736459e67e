package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.tidings.newsletter.LeavingReason;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.OwnWords;
import org.tidings.newsletter.OwnWords.Said;
import org.tidings.newsletter.Preferences;
import org.tidings.newsletter.Preferences.Behind;
import org.tidings.web.access.OpenToOtherSites;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
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
    private final OwnWords words;
    private final NewsletterLinks links;

    @Inject
    public UnsubscribeResource(Pages pages, Preferences preferences, OwnWords words, NewsletterLinks links) {
        this.pages = pages;
        this.preferences = preferences;
        this.words = words;
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
                "/u/",
                token,
                behind -> pages.ok(
                        "newsletters/leave", Map.of("token", token, "behind", behind, "goodbye", goodbye(behind))));
    }

    private Optional<Said> goodbye(Behind behind) {
        return behind.subscription()
                .flatMap(subscription -> words.said(subscription.newsletter(), OwnText.GOODBYE, pages.language()));
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

    /** A slip, taken back by the link that it was made with. */
    @POST
    @Path("undo")
    @Public
    public Response undo(@PathParam("token") String token) {
        return links.look(
                "/u/",
                token,
                behind -> preferences.undo(token)
                        ? pages.done("/preferences/" + token, "newsletters.leave.undone")
                        : pages.refused("/preferences/" + token, "newsletters.leave.not-undone"));
    }

    /** Why, if she wants to say it: a number goes up by one, and nothing says whose it was. */
    @POST
    @Path("why")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response why(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        String said = Form.of(sent).value("why");
        LeavingReason reason = Arrays.stream(LeavingReason.values())
                .filter(one -> one.name().equals(said))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.BAD_REQUEST));
        return links.look("/u/", token, behind -> {
            preferences.say(token, reason);
            return pages.done("/u/" + token, "newsletters.why.thanks");
        });
    }
}
