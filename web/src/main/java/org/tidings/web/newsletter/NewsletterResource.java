package org.tidings.web.newsletter;

import gg.jte.Content;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.ArchivedIssue;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.Subscriptions;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** A newsletter's page with its sample, its archive and the way to get it. */
@Path("/newsletters/{slug: [a-z0-9-]{2,60}}")
public class NewsletterResource {

    private static final int ISSUES_A_PAGE = 20;

    private final Pages pages;
    private final Visitor visitor;
    private final HttpServletRequest request;
    private final Newsletters newsletters;
    private final ReadableNewsletters readable;
    private final Issues issues;
    private final Subscriptions subscriptions;
    private final AskingToSubscribe asking;
    private final Mailbox mailbox;

    @Inject
    public NewsletterResource(
            Pages pages,
            Visitor visitor,
            HttpServletRequest request,
            Newsletters newsletters,
            ReadableNewsletters readable,
            Issues issues,
            Subscriptions subscriptions,
            AskingToSubscribe asking,
            Mailbox mailbox) {
        this.pages = pages;
        this.mailbox = mailbox;
        this.request = request;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.readable = readable;
        this.issues = issues;
        this.subscriptions = subscriptions;
        this.asking = asking;
    }

    @GET
    @Public
    public Response about(@PathParam("slug") String slug, @QueryParam("before") @Nullable String before) {
        return page(200, readable.find(slug), Form.empty(), before);
    }

    /** Says the same for every address. */
    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response subscribe(@PathParam("slug") String slug, MultivaluedMap<String, String> sent) {
        NewsletterView newsletter = readable.findPublic(slug);
        Form form = Form.of(sent);
        return mailbox.addressAskingIn(form)
                .map(address -> {
                    if (!asking.ask(newsletter, address, visitor.language(), form)) {
                        return page(422, newsletter, form, null);
                    }
                    return mailbox.lookInto(
                            "/subscribe/sent",
                            "/newsletters/" + newsletter.slug(),
                            address,
                            form,
                            KnownForm.fields(asking.askedBy(newsletter)).toArray(String[]::new));
                })
                .orElseGet(() -> page(422, newsletter, form, null));
    }

    private Response page(int status, NewsletterView newsletter, Form form, @Nullable String before) {
        List<ArchivedIssue> archive = issues.archive(newsletter.id(), time(before), ISSUES_A_PAGE);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("newsletter", newsletter);
        parameters.put("form", form);
        parameters.put("fields", asking.askedBy(newsletter));
        parameters.put("archive", archive);
        parameters.put("more", archive.size() == ISSUES_A_PAGE);
        parameters.put(
                "wording", newsletters.wording(newsletter, visitor.language()).words());
        parameters.put("subscribed", isSubscribed(newsletter));
        parameters.put("joinable", readable.mayJoin(newsletter));
        parameters.put("sample", sample(newsletter, archive));
        return Written.withPictures(pages.respond(status, "newsletters/about", parameters), request);
    }

    /** What staff wrote as a sample; without one, the newest issue is the sample. */
    private static Content sample(NewsletterView newsletter, List<ArchivedIssue> archive) {
        String html = newsletter.sampleHtml();
        if (html.isEmpty() && !archive.isEmpty()) {
            html = archive.get(0).html();
        }
        return Written.html(html);
    }

    private boolean isSubscribed(NewsletterView newsletter) {
        return visitor.session()
                .filter(session -> subscriptions.of(session.account()).stream()
                        .anyMatch(s -> s.newsletter().id().equals(newsletter.id())
                                && s.state() == SubscriptionState.CONFIRMED))
                .isPresent();
    }

    @GET
    @Path("{issue: [0-9a-f-]{36}}")
    @Public
    public Response issue(@PathParam("slug") String slug, @PathParam("issue") UUID issue) {
        NewsletterView newsletter = readable.find(slug);
        ArchivedIssue archived = issues.archived(newsletter.id(), new IssueId(issue))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return Written.withPictures(
                pages.ok("newsletters/issue", Map.of("issue", archived, "content", Written.html(archived.html()))),
                request);
    }

    private static @Nullable OffsetDateTime time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
    }
}
