package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.newsletter.ArchivedIssue;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.Preferences.Behind;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Pages;

/**
 * "Read on the web" of a newsletter that is not for everybody: by the reader's own link in the mail, for as long as she gets it. Who has
 * the link has the mail too, and sees that one issue and nothing else; an issue's address cannot be guessed.
 */
@Path("/read/{token: [A-Za-z0-9_-]{1,100}}")
public class ReadResource {

    private final Pages pages;
    private final HttpServletRequest request;
    private final Issues issues;
    private final NewsletterLinks links;

    @Inject
    public ReadResource(Pages pages, HttpServletRequest request, Issues issues, NewsletterLinks links) {
        this.pages = pages;
        this.request = request;
        this.issues = issues;
        this.links = links;
    }

    /** A link that lost its end on its way. */
    @GET
    @Public
    public Response damaged(@PathParam("token") String token) {
        return readersOnly();
    }

    @GET
    @Path("{issue: [0-9a-f-]{36}}")
    @Public
    public Response read(@PathParam("token") String token, @PathParam("issue") UUID issue) {
        return links.look(
                "/read/",
                token,
                "/" + issue,
                behind -> readable(behind, issue).map(this::page).orElseGet(this::readersOnly));
    }

    private Optional<ArchivedIssue> readable(Behind behind, UUID issue) {
        return behind.subscription()
                .filter(s -> s.state() == SubscriptionState.CONFIRMED)
                .map(SubscriptionView::newsletter)
                .flatMap(newsletter -> issues.archived(newsletter.id(), new IssueId(issue)));
    }

    private Response page(ArchivedIssue issue) {
        return Written.withPictures(
                pages.ok(
                        "newsletters/issue",
                        Map.of("issue", issue, "content", Written.html(issue.html()), "linked", false)),
                request);
    }

    private Response readersOnly() {
        return pages.respond(404, "newsletters/readers-only", Map.of());
    }
}
